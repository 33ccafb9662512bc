"""The texts themselves: read, cut into provisions, locked and compared, and looked over without encoding.

A text goes through ``reading`` (bytes to lines, whatever the format), ``parts`` and ``split`` (lines to a
tree of provisions with the labels by which rules cite them), and from there to ``locks`` and ``comparison``
(is this the text that was encoded?) or to ``lint`` (what is wrong with it on its face?). Nothing here knows
the language of rules: what a spec says about its text comes in as labels.
"""
