"""What people may ask of the data held about them."""

urlpatterns = []
