"""Pages as PDF. Pango, which lays out the text, is a package of the system (docs/operations.md)."""

from types import ModuleType

from PIL import ImageFile


class PdfUnavailable(Exception):
    """This machine cannot lay out a PDF."""


def render(html: str) -> bytes:
    """Return a page as PDF. Raises PdfUnavailable. Nothing is fetched from anywhere."""
    weasyprint = _weasyprint()
    alone = weasyprint.urls.URLFetcher(allowed_protocols={"data"})
    page = weasyprint.HTML(string=html, url_fetcher=alone)
    return page.write_pdf(pdf_variant="pdf/ua-1")


def _weasyprint() -> ModuleType:
    """Load what loads Pango, which a laptop may lack, and undo what it does to everybody.

    It has Pillow take images that were cut short for whole ones, in the whole process: uploads
    that are broken would pass.
    """
    takes_broken_images = ImageFile.LOAD_TRUNCATED_IMAGES
    try:
        import weasyprint
    except OSError as error:
        raise PdfUnavailable(str(error)) from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = takes_broken_images
    return weasyprint
