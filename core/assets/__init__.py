"""What pages load that comes out of wheels: made once at set-up by `manage.py build_assets`."""
