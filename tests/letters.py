"""A mail server that refuses some addresses."""

from smtplib import SMTPServerDisconnected

from django.core.mail import send_mail


def refuse_letters(monkeypatch, module: str, *addresses: str, error=SMTPServerDisconnected) -> None:
    """Have `send_mail` of this module fail for letters to one of these, naming it as a server does."""

    def send(title, body, sender, to):
        for address in addresses:
            if address in to:
                raise error(f"{address}: no such user here")
        return send_mail(title, body, sender, to)

    monkeypatch.setattr(f"{module}.send_mail", send)
