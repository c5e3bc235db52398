"""Partners' places: entered one by one, and brought in by file with a look before anything is written."""

from collections import Counter
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core.exceptions import ActionRefused
from core.models import AuditEvent, Commune
from core.roles import Role
from partners import actions
from partners.branch_files import check_branch_rows
from partners.enums import Access, BranchImportState
from partners.models import Branch, BranchImport
from tests.factories.partners import BranchFactory, BranchImportFactory, PartnerFactory

pytestmark = pytest.mark.django_db

LAAYOUNE, AGADIR = "11.321.01.03", "09.001.01.01"
HEADER = ["code", "name_ar", "name_fr", "commune"]
FILE = """الرمز;الاسم بالعربية;Nom;Ville;Adresse;Tel;PMR;lat;long
A1;وكالة العيون;Agence Laâyoune;Laâyoune;Avenue de La Mecque;05 28 89 00 00;oui;27,15;-13,2
A2;وكالة أكادير;Agence Agadir;09.001.01.01;;;;;
"""


def send(client, content, partner, name="branches.csv"):
    content = content.encode() if isinstance(content, str) else content
    sent = {"partner": partner.code, "file": SimpleUploadedFile(name, content)}
    return client.post(reverse("partners:branch_import"), sent)


def workbook(*rows):
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)
    return out.getvalue()


def import_of(response):
    return BranchImport.objects.get(pk=int(response.url.rstrip("/").rpartition("/")[2]))


@pytest.fixture
def officer(sign_in):
    return sign_in(Role.PARTNERSHIP_OFFICER)


def test_a_file_is_looked_at_then_written_and_the_same_file_changes_nothing(officer):
    partner = PartnerFactory()
    sent = send(officer, FILE, partner)
    page = officer.get(sent.url)
    assert (page.context["counts"], page.context["faults"]) == (
        {"created": 2, "updated": 0, "unchanged": 0, "rejected": 0},
        [],
    )
    assert Branch.objects.count() == 0
    for _press in range(2):
        officer.post(reverse("partners:branch_file_apply", args=[import_of(sent).pk]))
    first = Branch.objects.get(code="A1")
    assert (first.partner, first.commune_id, first.phone, first.access) == (
        partner,
        LAAYOUNE,
        "+212528890000",
        Access.FULL,
    )
    assert (str(first.latitude), str(first.longitude)) == ("27.150000", "-13.200000")
    assert Branch.objects.get(code="A2").commune_id == AGADIR
    again = send(officer, FILE, partner)
    assert officer.get(again.url).context["counts"] == {
        "created": 0,
        "updated": 0,
        "unchanged": 2,
        "rejected": 0,
    }
    officer.post(reverse("partners:branch_file_apply", args=[import_of(again).pk]))
    assert import_of(again).outcome == {"created": 0, "updated": 0, "unchanged": 2, "rejected": 0}
    assert (
        AuditEvent.objects.filter(action__in=["partners.branch.added", "partners.branch.changed"]).count()
        == 2
    )


def test_a_workbook_changes_what_differs_and_leaves_the_rest(officer):
    partner = PartnerFactory()
    BranchFactory(partner=partner, code="7", phone="+212528890000", access=Access.PARTIAL)
    kept = BranchFactory(partner=partner)
    of_other = BranchFactory(code="7")
    content = workbook(HEADER, [7, "وكالة جديدة", "Nouvelle agence", "العيون"])
    sent = send(officer, content, partner, "branches.xlsx")
    page = officer.get(sent.url)
    assert page.context["counts"]["updated"] == 1
    officer.post(reverse("partners:branch_file_apply", args=[import_of(sent).pk]))
    changed = Branch.objects.get(partner=partner, code="7")
    # Columns that the file does not have stay as they were.
    assert (changed.name_fr, changed.phone, changed.access) == (
        "Nouvelle agence",
        "+212528890000",
        Access.PARTIAL,
    )
    assert Branch.objects.get(pk=of_other.pk).name_fr == of_other.name_fr
    assert Branch.objects.get(pk=kept.pk).is_open


def test_what_is_wrong_is_told_by_line_and_column_and_the_rest_is_taken(officer):
    content = (
        "code,name_ar,name_fr,commune,phone,access,latitude,longitude,is_open\n"
        "A1,وكالة,Agence,11.321.01.03,,,,,\n"
        "A1,وكالة,Agence,11.321.01.03,,,,,\n"
        ",وكالة,Agence,nulle part,,,,,\n"
        "A4,وكالة,Agence,11.321.01.03,12,peut-être,200,,parfois\n"
        f"A5,{'x' * 201},Agence,11.321.01.03,,,,,\n"
    )
    sent = send(officer, content, PartnerFactory())
    context = officer.get(sent.url).context
    assert [fault.line for fault in context["faults"]] == [3, 4, 4, 5, 5, 5, 5, 5, 6]
    assert {fault.column for fault in context["faults"] if fault.line == 4} == {"رمز لدى الشريك", "الجماعة"}
    assert context["counts"] == {"created": 1, "updated": 0, "unchanged": 0, "rejected": 4}
    officer.post(reverse("partners:branch_file_apply", args=[import_of(sent).pk]))
    assert [one.code for one in Branch.objects.all()] == ["A1"]


@pytest.mark.parametrize("text", ["nan", "-NaN", "sNaN", "inf", "-Infinity", "1e99"])
def test_degrees_that_are_no_finite_number_are_told_like_any_other(officer, text):
    content = f"code,name_ar,name_fr,commune,latitude,longitude\nA1,وكالة,Agence,{LAAYOUNE},27.1,{text}\n"
    context = officer.get(send(officer, content, PartnerFactory()).url).context
    assert [(fault.line, fault.column) for fault in context["faults"]] == [(2, "خط الطول")]
    assert context["counts"]["rejected"] == 1


def test_a_name_that_several_communes_bear_needs_its_province():
    rows = [[2, ["A1", "وكالة", "Agence", "Laâyoune", ""]]]
    assert list(check_branch_rows([*HEADER, "province"], rows).rows) == [2]
    borne = Counter(Commune.objects.values_list("name_fr", flat=True))
    name = next(name for name, times in borne.items() if times > 1)
    one = Commune.objects.filter(name_fr=name).select_related("province").first()
    rows = [
        [2, ["A1", "وكالة", "Agence", name, ""]],
        [3, ["A2", "وكالة", "Agence", name, one.province.name_fr]],
    ]
    checked = check_branch_rows([*HEADER, "province"], rows)
    assert [fault.line for fault in checked.faults] == [2]
    assert checked.rows[3]["commune_id"] == one.pk


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"code,name_ar\nA1,x\n",
        b"code,name_ar,name_fr,commune\n",
        b"PK\x03\x04broken",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\x00\x01\x02\x03",
        b"code,name_ar,name_fr,commune\n" + b"A,b,c,d\n" * 5001,
    ],
)
def test_what_is_no_table_of_branches_is_refused_as_a_whole(officer, content):
    response = send(officer, content, PartnerFactory())
    assert list(response.context["form"].errors) == ["file"]
    assert BranchImport.objects.count() == 0


def test_a_file_that_is_too_large_is_refused(officer, settings):
    settings.UPLOAD_MAX_BYTES = 20
    assert list(send(officer, FILE, PartnerFactory()).context["form"].errors) == ["file"]


def test_a_cell_that_begins_a_formula_is_text(officer):
    partner = PartnerFactory()
    sent = send(officer, f"code,name_ar,name_fr,commune\n=1+1,وكالة,=HYPERLINK(1),{LAAYOUNE}\n", partner)
    officer.post(reverse("partners:branch_file_apply", args=[import_of(sent).pk]))
    branch = Branch.objects.get()
    assert (branch.code, branch.name_fr) == ("=1+1", "=HYPERLINK(1)")


def test_a_file_is_discarded_once_and_applied_never_after(officer):
    kept = BranchImportFactory()
    officer.post(reverse("partners:branch_file_discard", args=[kept.pk]))
    kept.refresh_from_db()
    assert (kept.state, kept.rows) == (BranchImportState.DISCARDED, [])
    with pytest.raises(ActionRefused):
        actions.apply_branch_file(branch_file=kept, by=officer.user)
    applied = actions.apply_branch_file(branch_file=BranchImportFactory(), by=officer.user)
    assert applied.outcome == {"created": 1, "updated": 0, "unchanged": 0, "rejected": 1}
    with pytest.raises(ActionRefused):
        actions.discard_branch_file(branch_file=applied, by=officer.user)
    assert officer.get(reverse("partners:branch_file", args=[applied.pk])).context["counts"]["created"] == 1


def test_a_file_of_which_no_line_holds_is_not_applied(officer):
    kept = BranchImportFactory(rows=[[2, ["A", "ب", "c", "nulle part"]]])
    with pytest.raises(ActionRefused):
        actions.apply_branch_file(branch_file=kept, by=officer.user)
    kept.refresh_from_db()
    assert kept.state == BranchImportState.CHECKED


def test_the_empty_table_is_one_that_can_be_sent_back(officer):
    response = officer.get(reverse("partners:branch_template"))
    again = send(officer, b"".join(response), PartnerFactory(), "branches.xlsx")
    # Only its lines are missing.
    assert [error.code for error in again.context["form"].errors.as_data()["file"]] == ["empty"]


def form(**more):
    return {
        "code": "A1",
        "name_ar": "وكالة",
        "name_fr": "Agence",
        "commune": LAAYOUNE,
        "access": "unknown",
        "is_open": "on",
    } | more


def test_a_branch_is_entered_and_changed_by_hand(officer):
    partner = PartnerFactory()
    address = f"{reverse('partners:branch_new')}?partner={partner.code}"
    assert officer.post(address, form(phone="05 28 89 00 00")).status_code == 302
    branch = Branch.objects.get()
    assert (branch.partner, branch.phone) == (partner, "+212528890000")
    page = reverse("partners:branch", args=[branch.pk])
    for _press in range(2):
        officer.post(page, form(access="full"))
    branch.refresh_from_db()
    assert branch.access == Access.FULL
    assert [event.action for event in AuditEvent.objects.about(branch).order_by("id")] == [
        "partners.branch.added",
        "partners.branch.changed",
    ]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": ""}, "code"),
        ({"code": "TAKEN"}, "code"),
        ({"commune": "99"}, "commune"),
        ({"phone": "12"}, "phone"),
        ({"latitude": "27.1"}, "longitude"),
        ({"latitude": "95", "longitude": "1"}, "latitude"),
    ],
)
def test_a_branch_that_is_typed_wrong_says_so_beside_its_field(officer, wrong, field):
    partner = PartnerFactory()
    BranchFactory(partner=partner, code="TAKEN")
    response = officer.post(f"{reverse('partners:branch_new')}?partner={partner.code}", form(**wrong))
    assert list(response.context["form"].errors) == [field]
    assert Branch.objects.count() == 1


def test_the_list_is_filtered_by_partner_region_commune_and_access(officer):
    here = BranchFactory(access=Access.FULL)
    there = BranchFactory(commune_id=AGADIR)

    def found(**query):
        return [one.pk for one in officer.get(reverse("partners:branches"), query).context["page"]]

    assert found() == [there.pk, here.pk]
    assert found(partner=here.partner.code) == found(region="11") == found(commune=LAAYOUNE) == [here.pk]
    assert found(access="full") == found(q=here.code.lower()) == [here.pk]


def test_a_list_asks_as_often_for_three_branches_as_for_one(
    officer, django_assert_num_queries, django_assert_max_num_queries
):
    address = reverse("partners:branches")
    BranchFactory()
    with django_assert_max_num_queries(20) as first:
        officer.get(address)
    BranchFactory.create_batch(2)
    with django_assert_num_queries(len(first)):
        assert officer.get(address).context["page"].paginator.count == 3


def test_a_file_asks_as_often_for_many_lines_as_for_one(officer, django_assert_max_num_queries):
    rows = [[line, [f"A{line}", "وكالة", "Agence", LAAYOUNE]] for line in range(2, 302)]
    kept = BranchImportFactory(header=HEADER, rows=rows)
    with django_assert_max_num_queries(25):
        actions.apply_branch_file(branch_file=kept, by=officer.user)
    assert Branch.objects.count() == 300


@pytest.mark.parametrize(
    ("constraint", "make"),
    [
        ("branch_code_of_partner", lambda: BranchFactory(partner=BranchFactory(code="X").partner, code="X")),
        ("branch_place_whole", lambda: BranchFactory(latitude="27.1")),
        ("branch_import_applied_has_date", lambda: BranchImportFactory(state=BranchImportState.APPLIED)),
        ("branch_import_applied_has_date", lambda: BranchImportFactory(applied_at=timezone.now())),
    ],
)
def test_the_database_refuses(constraint, make):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make()


def test_nobody_else_brings_branches_in(sign_in):
    for role in (Role.REGIONAL_DIRECTOR, Role.AUDITOR, Role.PARTNER_ADMIN):
        assert send(sign_in(role), FILE, PartnerFactory()).status_code == 403
    assert BranchImport.objects.count() == 0
