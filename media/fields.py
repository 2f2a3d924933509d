"""The field that keeps an image as it may be kept, whichever way it comes in."""

from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from media.uploads.images import cleaned
from media.uploads.metadata import size_as_seen


class CleanedImageFile(WagtailImageFieldFile):
    """A file that loses place and scripts on its way into the storage."""

    def save(self, name, content, save=True):
        """Store the image without what may not stay. Raises ValidationError for what is none."""
        super().save(name, cleaned(content), save)

    def get_image_dimensions(self):
        """Return width and height as the image is seen: a camera may have been held on its side.

        Only the header of a photograph is read, where Wagtail would unpack it whole.
        """
        was_closed = self.closed
        self.open()
        self.seek(0)
        size = size_as_seen(self)
        if was_closed:
            self.close()
        else:
            self.seek(0)
        return size or super().get_image_dimensions()


class CleanedImageField(WagtailImageField):
    """Wagtail's field with our file; to the database they are the same."""

    attr_class = CleanedImageFile

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "wagtail.images.models.WagtailImageField", args, kwargs
