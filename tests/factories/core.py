"""Accounts for tests; their people are invented."""

import factory

from core.models import Region, User
from core.roles import REGIONAL_ROLES, Role

LAAYOUNE = "11"
PASSWORD = "a long test password"


class UserFactory(factory.django.DjangoModelFactory):
    """An account with the given `roles`; `region` is a code, by default Laâyoune's for regional roles."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user-{n}")
    name_ar = "مستعمل تجريبي"
    name_latin = "Compte de test"
    roles = (Role.REGISTRAR,)
    password = factory.django.Password(PASSWORD)

    @factory.lazy_attribute
    def region(self):
        regional = not REGIONAL_ROLES.isdisjoint(self.roles)
        return Region.objects.get(code=LAAYOUNE) if regional else None

    @classmethod
    def _adjust_kwargs(cls, **kwargs):
        if isinstance(kwargs.get("region"), str):
            kwargs["region"] = Region.objects.get(code=kwargs["region"])
        kwargs["roles"] = list(kwargs["roles"])
        return kwargs
