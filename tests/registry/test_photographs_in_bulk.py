"""Photographs many at once: whose each is, what is taken, what is not and why, and that nothing gets out."""

import io
import stat
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core.exceptions import ActionRefused
from core.models import AuditEvent
from core.roles import Role
from registry.actions.photographs import cancel_photographs
from registry.enums import PhotographsState
from registry.models import PhotographsJob
from registry.photograph_archives import work
from registry.signals import registrant_amended
from tests.factories.imports import director
from tests.factories.photographs import sent, zipped
from tests.factories.registry import DAKHLA_COMMUNE, RegistrantFactory, drawn_portrait, portrait_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
ADDRESS = "/register/photographs/"


def worked(*names, by=None, content=None, **options):
    job = sent(by or director(), *names, content=content, **options)
    work.work_on(job.pk)
    job.refresh_from_db()
    return job


def reasons(job):
    return {name: message for name, message, _parameters in job.rejects}


def uploaded(content: bytes, **more):
    return {"file": SimpleUploadedFile("photos.zip", content)} | more


@pytest.mark.parametrize(
    "name", ["SH654321.jpg", "sh 654321.JPG", "Laâyoune/11-000321-5.png", "11000321 5.jpeg"]
)
def test_a_file_is_its_persons_by_either_number(name):
    known = RegistrantFactory(national_id="SH654321", nia="11-000321-5", flags=["photograph_missing"])
    job = worked(name)
    known.refresh_from_db()
    assert (job.state, job.accepted, job.rejects) == (PhotographsState.DONE, 1, [])
    assert (bool(known.photograph), known.photograph_hash is not None, known.version) == (True, True, 2)
    assert "photograph_missing" not in known.flags
    with known.photograph.open() as content, Image.open(content) as image:
        assert (image.format, image.width / image.height) == ("JPEG", 0.75)
    event = AuditEvent.objects.filter(action="registry.photographs.taken").get()
    assert (event.subject_id, event.after["archive"]) == (str(known.pk), job.pk)


def test_rejects_are_reported_with_why():
    RegistrantFactory(national_id="SH654321", nia="11-000321-5")
    RegistrantFactory(national_id="SH654322", with_photograph=True)
    RegistrantFactory(national_id="SH654323")
    RegistrantFactory(national_id="SH654324")
    RegistrantFactory(national_id="SH654325", commune=DAKHLA_COMMUNE)
    good = drawn_portrait()
    job = worked(
        content=zipped(
            {
                "SH654321.jpg": good,
                "11-000321-5.jpg": good,
                "SH654322.jpg": good,
                "SH654323.jpg": b"<svg onload=alert(1)>",
                "SH654324.jpg": portrait_bytes(),
                "SH654325.jpg": good,
                "nobody.jpg": good,
                "__MACOSX/._SH654321.jpg": b"rubbish",
                "photos/__MACOSX/SH654321.jpg": b"rubbish",
                "Thumbs.db": b"rubbish",
            }
        )
    )
    assert (job.total, job.accepted) == (7, 1)
    assert reasons(job) == {
        "11-000321-5.jpg": "The archive holds another photograph of the same person: the first one counts.",
        "SH654322.jpg": "A photograph is on file already.",
        "SH654323.jpg": "This is not a picture that can be used. Send a photograph in JPEG, PNG or WebP.",
        "SH654324.jpg": "Nothing can be seen on the picture. Take it again.",
        "SH654325.jpg": "Nobody on file here has this number.",
        "nobody.jpg": "Nobody on file here has this number.",
    }


def test_the_face_is_the_persons_where_an_organisation_has_the_same_number():
    cooperative = RegistrantFactory(
        kind="cooperative",
        organisation_name_ar="تعاونية",
        organisation_name_latin="Cooperative",
        national_id="SH654321",
    )
    person = RegistrantFactory(national_id="SH654321")
    worked("SH654321.jpg")
    cooperative.refresh_from_db()
    person.refresh_from_db()
    assert (bool(cooperative.photograph), bool(person.photograph)) == (False, True)


def test_a_photograph_on_file_is_replaced_only_where_that_was_asked(django_capture_on_commit_callbacks):
    known = RegistrantFactory(national_id="SH654321", with_photograph=True)
    before = known.photograph.name
    told = []

    def hear(registrant, fields, **_more):
        told.append((registrant.pk, fields))

    assert worked("SH654321.jpg").accepted == 0
    registrant_amended.connect(hear)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            job = worked("SH654321.jpg", replace=True)
    finally:
        registrant_amended.disconnect(hear)
    known.refresh_from_db()
    job.refresh_from_db()
    assert (job.accepted, bool(job.file), known.photograph.name != before) == (1, False, True)
    assert told == [(known.pk, ["photograph"])]


def test_what_the_machine_finds_is_kept_where_somebody_looked():
    known = RegistrantFactory(national_id="SH654321")
    picture = io.BytesIO()
    Image.effect_noise((600, 800), 90).convert("RGB").save(picture, "JPEG")
    content = zipped({"SH654321.jpg": picture.getvalue()})
    assert reasons(worked(content=content))["SH654321.jpg"].startswith("No face was found")
    assert worked(content=content, accepted_by_eye=True).accepted == 1
    event = AuditEvent.objects.about(known).first()
    assert event.after["findings"] == ["no_face"]


def test_the_log_says_nothing_of_whose_a_broken_picture_is(caplog):
    RegistrantFactory(national_id="SH654321")
    content = bytearray(zipped({"SH654321.jpg": drawn_portrait()}))
    content[200:260] = bytes(60)
    assert worked(content=bytes(content)).accepted == 0
    assert "BadZipFile" in caplog.text
    assert "SH654321" not in caplog.text


def test_a_broken_picture_does_not_stop_the_others():
    RegistrantFactory(national_id="SH654321")
    RegistrantFactory(national_id="SH654322")
    content = bytearray(zipped({"SH654321.jpg": drawn_portrait(), "SH654322.jpg": drawn_portrait(2)}))
    content[200:260] = bytes(60)
    job = worked(content=bytes(content))
    assert (job.state, job.accepted) == (PhotographsState.DONE, 1)
    assert reasons(job)["SH654321.jpg"] == "The file cannot be read: it is damaged or cut short."


def test_worked_on_twice_nothing_is_doubled():
    RegistrantFactory(national_id="SH654321")
    job = worked("SH654321.jpg")
    work.work_on(job.pk)
    assert AuditEvent.objects.filter(action="registry.photographs.taken").count() == 1
    assert AuditEvent.objects.filter(action="registry.photographs.done").get().after == {
        "accepted": 1,
        "rejected": 0,
    }


def test_a_file_at_which_workers_died_is_passed_over():
    known = [RegistrantFactory(national_id=f"SH65432{number}") for number in range(2)]
    job = sent(director(), "SH654320.jpg", "SH654321.jpg")
    PhotographsJob.objects.update(attempts=work.MOST_ATTEMPTS)
    work.work_on(job.pk)
    job.refresh_from_db()
    for person in known:
        person.refresh_from_db()
    assert [bool(person.photograph) for person in known] == [False, True]
    assert list(reasons(job)) == ["SH654320.jpg"]


def test_it_goes_on_where_it_was_stopped_by_a_kill(monkeypatch):
    for number in range(3):
        RegistrantFactory(national_id=f"SH65432{number}")
    job = sent(director(), *(f"SH65432{number}.jpg" for number in range(3)))
    monkeypatch.setattr(work, "STEP", 1)
    steps = work._next_step

    def one_step(*arguments):
        steps(*arguments)
        return False

    monkeypatch.setattr(work, "_next_step", one_step)
    work.work_on(job.pk)
    job.refresh_from_db()
    assert (job.looked_at, job.state) == (1, PhotographsState.RUNNING)
    monkeypatch.setattr(work, "_next_step", steps)
    work.work_on(job.pk)
    job.refresh_from_db()
    assert (job.accepted, job.state) == (3, PhotographsState.DONE)
    assert AuditEvent.objects.filter(action="registry.photographs.taken").count() == 3


def test_cancelled_it_stays_cancelled():
    job = sent(director(), "SH654321.jpg")
    cancel_photographs(job=job, by=job.created_by)
    work.work_on(job.pk)
    job.refresh_from_db()
    assert (job.state, job.looked_at) == (PhotographsState.CANCELLED, 0)
    with pytest.raises(ActionRefused):
        cancel_photographs(job=job, by=job.created_by)


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("SH654321.jpg", bytes(30_000_000))
    return out.getvalue()


def link() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        entry = zipfile.ZipInfo("SH654321.jpg")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


def locked() -> bytes:
    content = bytearray(zipped({"a.jpg": b"x"}))
    place = content.index(b"PK\x01\x02")
    content[place + 8] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (bomb(), "bomb"),
        (link(), "path"),
        (locked(), "locked"),
        (zipped({"../SH654321.jpg": b"x"}), "path"),
        (zipped({"/etc/SH654321.jpg": b"x"}), "path"),
        (zipped({"C:\\SH654321.jpg": b"x"}), "path"),
        (zipped({}), "kind"),
        (zipped({"__MACOSX/._a": b"x"}), "empty"),
        (zipped({"a.jpg": b"x" * 100})[:60], "broken"),
        (b"\x89PNG", "kind"),
    ],
    # Not the bytes: an archive holds the time it was made at, and every process must call a test the same.
    ids=["bomb", "link", "locked", "above", "root", "drive", "nothing", "hidden", "cut", "picture"],
)
def test_an_archive_made_to_hurt_is_refused_beside_the_field(content, code, sign_in):
    page = sign_in(Role.REGIONAL_DIRECTOR).post(ADDRESS, uploaded(content))
    assert page.status_code == 422
    assert [error.code for error in page.context["form"].errors.as_data()["file"]] == [code]
    assert not PhotographsJob.objects.exists()


def test_an_archive_has_room_for_so_many(sign_in, settings):
    settings.PHOTOGRAPHS_MOST = 1
    client = sign_in(Role.REGIONAL_DIRECTOR)
    page = client.post(ADDRESS, uploaded(zipped({"a.jpg": b"x", "b.jpg": b"x"})))
    assert page.context["form"].errors.as_data()["file"][0].code == "too_many_files"
    settings.PHOTOGRAPHS_MAX_BYTES = 10
    page = client.post(ADDRESS, uploaded(zipped({"a.jpg": b"x"})))
    assert page.context["form"].errors.as_data()["file"][0].code == "file_too_large"


def test_the_pages_show_the_rejects_and_give_them_as_a_file(sign_in):
    client = sign_in(Role.REGIONAL_DIRECTOR)
    RegistrantFactory(national_id="SH654321")
    good = drawn_portrait()
    answer = client.post(ADDRESS, uploaded(zipped({"SH654321.jpg": good, "=cmd|.jpg": good})))
    job = PhotographsJob.objects.get()
    assert (answer.url, job.total) == (f"{ADDRESS}{job.pk}/", 2)
    assert "hx-get" in client.get(answer.url).content.decode()
    work.work_on(job.pk)
    page = client.get(answer.url)
    assert [one["name"] for one in page.context["rejects"]] == ["=cmd|.jpg"]
    report = b"".join(client.get(f"{ADDRESS}{job.pk}/report.csv")).decode()
    assert "'=cmd|.jpg" in report
    assert client.get(f"{ADDRESS}{job.pk}/report.xlsx").status_code == 200
    assert client.get(f"{ADDRESS}{job.pk}/report.pdf").status_code == 404
    assert client.post(f"{ADDRESS}{job.pk}/cancel/").status_code == 302
