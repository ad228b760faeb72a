"""Judges answers: behaviour decides, structure explains.

An answer becomes `Subject`s, one for each model in it; the criteria of the exercise are
asked in their order; a `Report` of plain data comes out.
"""
