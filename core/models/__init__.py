from core.models.audit_event import AuditEvent
from core.models.chamber import Chamber
from core.models.service_domain import ServiceDomain
from core.models.territory import Commune, Province, Region
from core.models.user import User

__all__ = ["AuditEvent", "Chamber", "Commune", "Province", "Region", "ServiceDomain", "User"]
