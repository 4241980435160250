"""How the size of a file is said."""

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.formats import get_format

register = template.Library()


@register.filter
def said_size(size: int) -> str:
    """Give bytes in the unit that a person would use: 20 MB, 1.5 MB, 300 KB."""
    return str(filesizeformat(size)).replace(f"{get_format('DECIMAL_SEPARATOR')}0\xa0", "\xa0")
