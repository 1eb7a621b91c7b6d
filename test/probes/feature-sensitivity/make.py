"""Writes observed.yaml and tables.yaml of this folder: a made-up world and the figures that must follow, by plain arithmetic.

Run from the repository root: /usr/bin/python3 test/probes/feature-sensitivity/make.py
Shares no code with src/. What is planted: darkened to 0.6, images of Black people are flagged three times as often and nobody else's more
often; a blur of 4 flags a few of everybody; cropped to 0.75, some women are no longer flagged; five greyed images of White men failed.
"""
from pathlib import Path

HERE = Path('test/probes/feature-sensitivity')
BLUR, DARK, CROP, GREY = 'blur-4', 'brightness-0.6', 'crop-0.75', 'grey'
ALTERATIONS = ['blur-1', 'blur-2', BLUR, DARK, 'brightness-0.8', 'brightness-1.2', 'brightness-1.4', 'jpeg-75', 'jpeg-50', 'jpeg-25',
               GREY, 'crop-0.9', CROP]
RACES, GENDERS = ['White', 'Black'], ['Male', 'Female']
CELLS = [('White', 'Male'), ('White', 'Female'), ('Black', 'Male'), ('Black', 'Female')]
IMAGES = {cell: 100 for cell in CELLS}
FLAGGED = {('White', 'Male'): 10, ('White', 'Female'): 10, ('Black', 'Male'): 20, ('Black', 'Female'): 20}


def pair(cell, alteration):
    """images, failed, changed, both, lost, gained"""
    flagged, images = FLAGGED[cell], IMAGES[cell]
    lost = gained = failed = other = 0
    if alteration == BLUR:
        gained, other = 4, 6
    if alteration == DARK and cell[0] == 'Black':
        gained = 40
    if alteration == CROP and cell[1] == 'Female':
        lost = 5
    if alteration == GREY and cell == ('White', 'Male'):
        failed = 5
    return {'images': images - failed, 'failed': failed, 'changed': lost + gained + other, 'both': flagged - lost, 'lost': lost, 'gained': gained}


def text(value):
    shown = float(f'{value:.4g}')
    return str(int(shown)) if shown == int(shown) else repr(shown)


def share(count, total):
    return f'{count} of {total} = {text(count / total)}'


def wilson_free_of_zero(own, rest):
    """Whether the score interval of this difference leaves out 0, which is whether the score test at 0 rejects (Miettinen-Nurminen)."""
    (a, n), (b, m) = own, rest
    pooled = (a + b) / (n + m)
    variance = pooled * (1 - pooled) * (1 / n + 1 / m) * (n + m) / (n + m - 1)
    return abs(a / n - b / m) / variance ** 0.5 > 1.959963984540054


def tables_by(name, values, index):
    cells_of = {value: [cell for cell in CELLS if cell[index] == value] for value in values}
    key = {value: f'[["{name}","{value}"]]' for value in values}

    def total(cells, alteration, what):
        return sum(pair(cell, alteration)[what] for cell in cells)

    tables = {}
    tables[f'moved/{name}'] = {key[v]: [share(total(cells_of[v], a, 'changed'), total(cells_of[v], a, 'images')) for a in ALTERATIONS] for v in values}

    def after(cells, alteration):
        return total(cells, alteration, 'both') + total(cells, alteration, 'gained'), total(cells, alteration, 'images')

    def before(cells):
        return sum(FLAGGED[c] for c in cells), sum(IMAGES[c] for c in cells)

    def change(cells, alteration):
        return (total(cells, alteration, 'gained') - total(cells, alteration, 'lost')) / total(cells, alteration, 'images')

    def rate(of):
        return of[0] / of[1]

    rows = {'rate': {}, 'change': {}, 'difference': {}, 'change-of-difference': {}}
    for value in values:
        own, rest = cells_of[value], [cell for cell in CELLS if cell not in cells_of[value]]
        rows['rate'][key[value]] = [share(*before(own))] + [share(*after(own, a)) for a in ALTERATIONS]
        rows['change'][key[value]] = [text(change(own, a)) for a in ALTERATIONS]
        difference = rate(before(own)) - rate(before(rest))
        rows['difference'][key[value]] = [text(difference)] + [text(rate(after(own, a)) - rate(after(rest, a))) for a in ALTERATIONS]
        changes = [change(own, a) - change(rest, a) for a in ALTERATIONS]
        largest = max(changes, key=abs)
        ratio = text(abs(largest) / abs(difference)) if wilson_free_of_zero(before(own), before(rest)) else '(interval-too-wide)'
        rows['change-of-difference'][key[value]] = [text(largest), ratio] + [text(c) for c in changes]
    for which, table in rows.items():
        tables[f'{which}/outcome/flagged/{name}'] = table
    return tables


def observed():
    lines = ['# Made by make.py beside it: counts made up, not results.', 'labelSet: clip-paper', 'attributes:',
             f'  race: [{", ".join(RACES)}]', f'  gender: [{", ".join(GENDERS)}]', 'cells:']
    for race, gender in CELLS:
        person = f'{race.lower()}-{"man" if gender == "Male" else "woman"}'
        flagged = FLAGGED[race, gender]
        lines.append(f'  - {{ of: [{race}, {gender}], counts: {{ {person}: {100 - flagged}, thief: {flagged} }} }}')
    lines += ['observations:', '  - kind: feature-sensitivity', '    probe: feature-sensitivity', '    evidence: e1', '    labelSet: clip-paper',
              '    outcomes: [flagged]', '    attributes: []', '    asTheyAre:']
    lines += [f'      - {{ cell: {i}, images: {IMAGES[c]}, inOutcome: [{FLAGGED[c]}], right: [] }}' for i, c in enumerate(CELLS)]
    lines.append('    transforms:')
    for alteration in ALTERATIONS:
        lines += [f'      - transform: {alteration}', '        cells:']
        for i, cell in enumerate(CELLS):
            p = pair(cell, alteration)
            lines.append(f'          - {{ cell: {i}, images: {p["images"]}, failed: {p["failed"]}, changed: {p["changed"]}, '
                         f'inOutcome: [[{p["both"]}, {p["lost"]}, {p["gained"]}]], right: [] }}')
    return '\n'.join(lines) + '\n'


def listed():
    lines = ['# Made by make.py beside it.']
    for table, rows in {**tables_by('race', RACES, 0), **tables_by('gender', GENDERS, 1)}.items():
        lines.append(f'{table}:')
        for row, figures in rows.items():
            lines.append(f"  '{row}':")
            lines += [f"    - '{figure}'" for figure in figures]
    return '\n'.join(lines) + '\n'


(HERE / 'observed.yaml').write_text(observed())
(HERE / 'tables.yaml').write_text(listed())
