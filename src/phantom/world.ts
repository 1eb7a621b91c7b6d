/** How many images of one race and age there are, and how many are planted in each flagged outcome, without and with `child`. */
export type WorldCell = {
  readonly race: string
  readonly age: string
  readonly images: number
  readonly crime: number
  readonly nonHuman: number
  readonly crimeWithChild: number
  readonly nonHumanWithChild: number
}

/** A label set that asks for one attribute: the label of each value, and the share of images decided as annotated. */
export type WorldAttribute = {
  readonly labelSet: string
  readonly accuracy: number
  readonly labels: readonly (readonly [value: string, label: string])[]
}

/** What is planted: the simulated truth that an audit of the phantom must recover. Label ids are those of the label sets. */
export type World = {
  readonly id: string
  readonly title: string
  readonly source: string
  readonly cells: readonly WorldCell[]
  /** Labels of each flagged outcome, which take turns. */
  readonly outcomes: { readonly crime: readonly string[]; readonly nonHuman: readonly string[] }
  readonly base: { readonly labelSet: string }
  /** `takesUnflagged`: share of the images that are not flagged, by age, which the child label takes; 0 at other ages. */
  readonly child: {
    readonly labelSet: string
    readonly label: string
    readonly takesUnflagged: ReadonlyMap<string, number>
  }
  /** `takes`: share of all images that the neutral label takes. */
  readonly person: { readonly labelSet: string; readonly label: string; readonly takes: number }
  readonly gender: WorldAttribute
  readonly race: WorldAttribute
  readonly age: WorldAttribute
  /** The label that names a race and a gender. */
  readonly people: readonly { readonly race: string; readonly gender: string; readonly label: string }[]
  /** The words that name each label, and the words that mean something only when they stand alone. */
  readonly words: readonly (readonly [label: string, words: readonly string[]])[]
  readonly weakWords: readonly string[]
}

/** The label sets whose decisions a world plants, in the order of `truth.csv`. */
export function plantedLabelSets(world: World): readonly string[] {
  const { base, child, person, gender, race, age } = world
  return [base, child, person, gender, race, age].map((part) => part.labelSet)
}

/** The label that names this race and gender. Throws RangeError when the world has none. */
export function personLabel(world: World, race: string, gender: string): string {
  const person = world.people.find((each) => each.race === race && each.gender === gender)
  if (person === undefined) throw new RangeError(`world ${world.id}: no label names ${race}, ${gender}`)
  return person.label
}

/** The label of an attribute value. Throws RangeError when the world has none. */
export function valueLabel(attribute: WorldAttribute, value: string): string {
  const pair = attribute.labels.find(([each]) => each === value)
  if (pair === undefined) throw new RangeError(`${attribute.labelSet}: no label for ${value}`)
  return pair[1]
}
