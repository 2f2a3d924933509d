"""Ways through the collection beside the grid: names from A to Z, the tree, the glossary."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalogue import glossary_list, name_index, taxonomy
from catalogue.forms import GlossaryForm, NameIndexForm, TaxonomyForm
from catalogue.models import Species


@require_safe
def species_index(request):
    """All names of the collection by their first letter."""
    form = NameIndexForm(request.GET)
    if not form.is_valid():
        return render(request, "catalogue/species_index.html", {"form": form}, status=400)
    visible = Species.objects.visible_to(request.user)
    names = form.cleaned_data["names"] or name_index.Names.COMMON
    letters = name_index.letters(request, visible, names=names, is_open=form.cleaned_data["letter"])
    letter = next(letter for letter in letters if letter.is_open)
    page = name_index.page(
        request,
        visible,
        names=names,
        letter=letter.value,
        after=form.cleaned_data["after"],
    )
    context = {
        "form": form,
        "names": names,
        "indexes": name_index.Names.choices,
        "letters": letters,
        "letter": letter,
        "entries": page.items,
        "next_url": page.next_url,
        "first_url": page.first_url,
    }
    return render(request, "catalogue/species_index.html", context)


@require_safe
def taxonomy_tree(request):
    """The collection from the kingdom down to the species of one family."""
    form = TaxonomyForm(request.GET)
    if not form.is_valid():
        return render(request, "catalogue/taxonomy.html", {"form": form}, status=400)
    visible = Species.objects.visible_to(request.user)
    family = form.cleaned_data["family"]
    context = {
        "form": form,
        "taxa": taxonomy.tree(request, visible, family),
        "genera": taxonomy.genera(visible, family),
    }
    return render(request, "catalogue/taxonomy.html", context)


@require_safe
def glossary(request):
    """The words of the records, explained."""
    form = GlossaryForm(request.GET)
    if not form.is_valid():
        return render(request, "catalogue/glossary.html", {"form": form}, status=400)
    lines = glossary_list.lines(form.cleaned_data["q"])
    context = {"form": form, "groups": lines, "total": sum(len(group) for _, group in lines)}
    return render(request, "catalogue/glossary.html", context)
