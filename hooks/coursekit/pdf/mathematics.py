from coursekit.pdf.html import Element
from coursekit.pdf.syntax import call, string, boolean
def equation(math: Element, *, block: bool) -> str:
    return call("math.equation", string(math.text), block=boolean(block), alt=string(math.text or "x"))
