import getpass
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from core import audit
from core.models import User
from core.roles import STAFF_ROLES


class Command(BaseCommand):
    help = (
        "Create a staff account. The password is asked for, or read from standard input when that is a pipe."
    )

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument(
            "--role", action="append", required=True, choices=sorted(STAFF_ROLES), dest="roles"
        )
        parser.add_argument("--region", help="code of the region, such as 11; regional roles need one")
        parser.add_argument("--name-ar", default="")
        parser.add_argument("--name-latin", default="")
        parser.add_argument("--email", default="")

    @transaction.atomic
    def handle(self, *args, username, roles, region, name_ar, name_latin, email, **options):
        password = getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        try:
            validate_password(password, User(username=username, email=email))
            user = User.objects.create_user(
                username,
                password,
                roles=roles,
                region_id=region,
                name_ar=name_ar,
                name_latin=name_latin,
                email=email,
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        audit.record(
            action="core.user.created",
            by=None,
            subject=user,
            region_code=region or "",
            after={"username": username, "roles": roles},
        )
        self.stdout.write(f"{username}: {', '.join(roles)}")
