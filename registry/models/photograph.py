"""The photograph of a registrant: whoever stores one, its hash is made in the same moment."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Func
from django.db.models.fields.files import ImageFieldFile

from registry.photograph_hash import photograph_hash


class PhotographFile(ImageFieldFile):
    def save(self, name, content, save=True):
        self.instance.photograph_hash = photograph_hash(content)
        super().save(name, content, save)

    def delete(self, save=True):
        self.instance.photograph_hash = None
        super().delete(save)


class PhotographField(models.ImageField):
    """A picture whose hash is kept beside it, in the field `photograph_hash`."""

    attr_class = PhotographFile


class PhotographBands(Func):
    """The bands of a hash, as `registry.photograph_hash.bands_of` gives them, for the index of near pictures.

    As bigint, because the operators of the extension intarray would take integer arrays away from the index.
    """

    template = (
        "(ARRAY[(%(expressions)s & 65535), 65536 + ((%(expressions)s >> 16) & 65535), "
        "131072 + ((%(expressions)s >> 32) & 65535), 196608 + ((%(expressions)s >> 48) & 65535)])"
    )
    output_field = ArrayField(models.BigIntegerField())
