"""People who sign in: staff of chambers and partners, and artisans."""

from functools import cached_property
from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models.territory import Region
from core.roles import (
    GRANTABLE_ROLES,
    NATIONAL_ROLES,
    REGIONAL_ROLES,
    ROLE_PERMISSIONS,
    STAFF_ROLES,
    Permission,
    Role,
)


class UserQuerySet(models.QuerySet):
    def manageable_by(self, user: "User") -> Self:
        """Staff accounts that `user` may change: within their region, of roles that they may grant."""
        roles = user.grantable_roles
        if not roles:
            return self.none()
        staff = self.filter(roles__contained_by=sorted(roles), roles__len__gt=0)
        return staff if user.sees_all_regions else staff.filter(region_id=user.region_id)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, username: str, password: str | None = None, **fields) -> "User":
        """Create an account; without a password it can only sign in with a one-time code."""
        user = self.model(username=username, **fields)
        if password is None:
            user.set_unusable_password()
        else:
            user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account. Its roles say what it may do, its region where."""

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    username = models.CharField(_("User name"), max_length=60, unique=True)
    name_ar = models.CharField(_("Name in Arabic"), max_length=120, blank=True)
    name_latin = models.CharField(_("Name in Latin letters"), max_length=120, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    phone = models.CharField(_("Mobile telephone"), max_length=16, blank=True)
    roles = ArrayField(models.CharField(max_length=20, choices=Role), verbose_name=_("Roles"), default=list)
    region = models.ForeignKey(
        Region, verbose_name=_("Region"), null=True, blank=True, on_delete=models.PROTECT
    )
    is_active = models.BooleanField(_("Active"), default=True)
    # Given by somebody else: its owner replaces it before anything else.
    password_is_provisional = models.BooleanField(default=False, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        constraints = [
            models.CheckConstraint(
                condition=~Q(roles__overlap=sorted(REGIONAL_ROLES)) | Q(region__isnull=False),
                name="user_regional_role_has_region",
                violation_error_message=_("This role needs a region."),
            ),
            # An artisan signs in with a code alone: the same account must not open a staff screen.
            models.CheckConstraint(
                condition=~Q(roles__contains=[Role.ARTISAN]) | Q(roles__len=1),
                name="user_artisan_is_only_artisan",
                violation_error_message=_("An artisan's account has no other role."),
            ),
        ]
        indexes = [GinIndex(fields=["roles"], name="user_roles_gin")]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        from django.utils.translation import get_language

        names = [self.name_ar, self.name_latin]
        if not (get_language() or "ar").startswith("ar"):
            names.reverse()
        return next(filter(None, names), self.username)

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """What all of the account's roles allow together; nothing when it is inactive."""
        if not self.is_active:
            return frozenset()
        return frozenset().union(*(ROLE_PERMISSIONS.get(role, frozenset()) for role in self.roles))

    @property
    def grantable_roles(self) -> frozenset[Role]:
        """The roles of accounts that this person may open, change and close."""
        if not self.can(Permission.MANAGE_ACCOUNTS):
            return frozenset()
        return frozenset().union(*(GRANTABLE_ROLES.get(role, frozenset()) for role in self.roles))

    def can(self, permission: Permission) -> bool:
        return permission in self.permissions

    @property
    def is_staff_member(self) -> bool:
        return not STAFF_ROLES.isdisjoint(self.roles)

    @property
    def sees_all_regions(self) -> bool:
        return self.region_id is None and not NATIONAL_ROLES.isdisjoint(self.roles)

    @property
    def role_labels(self) -> list[str]:
        return [Role(role).label for role in self.roles]
