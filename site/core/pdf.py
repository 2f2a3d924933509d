"""Pages as PDF. Pango, which lays out the text, is a package of the system (docs/operations.md)."""


class PdfUnavailable(Exception):
    """This machine cannot lay out a PDF."""


def render(html: str) -> bytes:
    """Return a page as PDF. Raises PdfUnavailable. Nothing is fetched from anywhere."""
    try:
        from weasyprint import HTML  # loads Pango, which a laptop may lack
        from weasyprint.urls import URLFetcher
    except OSError as error:
        raise PdfUnavailable(str(error)) from error
    alone = URLFetcher(allowed_protocols={"data"})
    return HTML(string=html, url_fetcher=alone).write_pdf(pdf_variant="pdf/ua-1")
