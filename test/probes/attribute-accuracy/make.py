"""Writes observed.yaml, tables.yaml and tallies.yaml of this folder: a made-up world and the figures that must follow, by plain arithmetic.

Run from the repository root: /usr/bin/python3 test/probes/attribute-accuracy/make.py
Shares no code with src/. What is planted: Black women are taken for men in 24 of 100 cases and nobody else is; 20 of 100 Black men get a
label that claims nothing of anybody; Indian men are taken for Middle Eastern men in half of all cases, which is not wrong of White or not.
"""
from pathlib import Path

HERE = Path('test/probes/attribute-accuracy')
RACES, GENDERS, AGES = ['White', 'Black', 'Indian'], ['Male', 'Female'], ['10-19', '30-39']
CLASSES = ['White', 'Black', 'Latino_Hispanic', 'East Asian', 'Southeast Asian', 'Indian', 'Middle Eastern']
CLAIMS = {f'{race.split("_")[0].lower().replace(" ", "-")}-{word}': (race, gender)
          for race in CLASSES for word, gender in (('man', 'Male'), ('woman', 'Female'))}
WORLD = {}
for age in AGES:
    WORLD['White', 'Male', age] = {'white-man': 400}
    WORLD['White', 'Female', age] = {'white-woman': 400}
    WORLD['Black', 'Male', age] = {'black-man': 320, 'thief': 80}
    WORLD['Black', 'Female', age] = {'black-woman': 304, 'black-man': 96}
    WORLD['Indian', 'Male', age] = {'indian-man': 200, 'middle-eastern-man': 200}
    WORLD['Indian', 'Female', age] = {'indian-woman': 400}
READINGS = ['race-7', 'race-binary', 'gender', 'race-and-gender']


def is_right(reading, label, race, gender):
    if label not in CLAIMS:
        return False
    decided_race, decided_gender = CLAIMS[label]
    return {'race-7': decided_race == race, 'race-binary': (decided_race == 'White') == (race == 'White'), 'gender': decided_gender == gender,
            'race-and-gender': (decided_race, decided_gender) == (race, gender)}[reading]


def text(value):
    return f'{float(f"{value:.4g}"):g}'


def share(count, total, reason='no-images'):
    return f'{count} of {total} = {text(count / total)}' if total else f'({reason})'


def accuracy(reading, inside):
    cells = [(key, label, many) for key, labels in WORLD.items() if inside(*key) for label, many in labels.items()]
    return share(sum(many for (race, gender, _), label, many in cells if is_right(reading, label, race, gender)), sum(many for *_, many in cells))


def row(inside):
    return [accuracy(reading, inside) for reading in READINGS]


tables = {
    'accuracy/white': {'zero-shot': row(lambda race, *_: race == 'White')},
    'accuracy/non-white': {'zero-shot': row(lambda race, *_: race != 'White')},
    'accuracy/gender-by-race': {
        **{g: [accuracy('gender', lambda r, h, _, race=race: h == g and r == race) for race in RACES] + [accuracy('gender', lambda r, h, _: h == g)]
           for g in GENDERS},
        'both': [accuracy('gender', lambda r, *_, race=race: r == race) for race in RACES] + [accuracy('gender', lambda *_: True)],
    },
    'accuracy/by/race': {'everyone': row(lambda *_: True), **{f'race={race}': row(lambda r, *_: r == race) for race in RACES}},
    'accuracy/by/gender': {'everyone': row(lambda *_: True), **{f'gender={g}': row(lambda r, h, _: h == g) for g in GENDERS}},
    'accuracy/by/age': {'everyone': row(lambda *_: True), **{f'age={a}': row(lambda r, h, b: b == a) for a in AGES}},
    'accuracy/by/race x gender': {'everyone': row(lambda *_: True),
                                  **{f'race={race}&gender={g}': row(lambda r, h, _: (r, h) == (race, g)) for race in RACES for g in GENDERS}},
}


def confusion(place, values):
    def many(annotated, decided):
        return sum(n for key, labels in WORLD.items() for label, n in labels.items()
                   if key[place] == annotated and (CLAIMS[label][place] if label in CLAIMS else None) == decided)
    def line(value):
        here = [many(value, decided) for decided in values + [None]]
        decided = sum(many(annotated, value) for annotated in values)
        return [text(n) for n in here] + [share(many(value, value), sum(here)), share(many(value, value), decided, 'class-absent')]
    return {value: line(value) for value in values}


listed = RACES + [race for race in CLASSES if race not in RACES]
tables['confusion/race'] = confusion(0, listed)
tables['confusion/gender'] = confusion(1, GENDERS)


def quoted(items):
    return '[' + ', '.join(f'"{item}"' for item in items) + ']'


def world(name, more):
    lines = [f'# Made by make.py of this folder. {more}', 'labelSet: clip-paper', 'attributes:']
    lines += [f'  {key}: {quoted(values)}' for key, values in (('race', RACES), ('gender', GENDERS), ('age', AGES))]
    lines += ['cells:'] + [f'  - {{ of: {quoted(key)}, counts: {{ {", ".join(f"{label}: {many}" for label, many in labels.items())} }} }}'
                           for key, labels in WORLD.items()]
    (HERE / name).write_text('\n'.join(lines) + '\n')


world('observed.yaml', 'Made-up counts, not results.')
world('tallies.yaml', 'Made-up counts, not results: what is planted stands there.')
(HERE / 'tables.yaml').write_text('# Made by make.py of this folder from the counts alone.\n' + '\n'.join(
    f'"{key}":\n' + '\n'.join(f'  "{name}": {quoted(cells)}' for name, cells in rows.items()) for key, rows in tables.items()) + '\n')
