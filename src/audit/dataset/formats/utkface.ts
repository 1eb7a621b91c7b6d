import { FAIRFACE_BANDS } from '../../types/age-bands.js'
import type { DatasetPlan } from '../../types/definitions.js'
import type { LabelTable } from '../label-table.js'
import type { Layout } from '../layout.js'
import { NAME, openImageNames } from './image-names.js'
import type { NameReading } from './image-names.js'
import { declaredAttribute, namedLayout } from './named-layout.js'

// Orders of the digits: susanqq.github.io/UTKFace. Other copies number races in other orders, so only file names are read.
const GENDERS = ['Male', 'Female']
const RACES = ['White', 'Black', 'Asian', 'Indian', 'Others']
const OLDEST = 116

// One file of the dataset lacks the dot before jpg, another has a space there; their labels are intact.
const WHOLE = /^(\d{1,3})_([01])_([0-4])_(\d{17})\s?\.?jpg(\.chip\.jpg)?$/i
/** Three files of the dataset lack the race. Copies that "repair" them contradict each other. */
const WITHOUT_RACE = /^(\d{1,3})_([01])_(\d{17})\s?\.?jpg(\.chip\.jpg)?$/i

const MACHINE = 'estimated by a classifier (DEX) and said to be checked by a person'

/** The images of a folder of UTKFace: age, gender and race are in the name, `[age]_[gender]_[race]_[date and time].jpg`. Throws DatasetError. */
export function openUtkFace({ labels }: DatasetPlan): Promise<LabelTable> {
  return openImageNames(labels, {
    columns: ['age', 'gender', 'race'],
    read,
    form: '[age]_[gender]_[race]_[17 digits].jpg',
  })
}

function read(name: string): NameReading | null {
  const [, age = '', gender, race] = WHOLE.exec(name) ?? []
  if (race !== undefined) return withAge(age, [GENDERS[Number(gender)], RACES[Number(race)]])
  const [, anAge = '', aGender] = WITHOUT_RACE.exec(name) ?? []
  if (aGender === undefined) return null
  const quarantined = { code: 'label.missing', reason: 'the name of the image has no race' }
  return { ...withAge(anAge, [GENDERS[Number(aGender)], '']), quarantined }
}

function withAge(age: string, rest: readonly string[]): NameReading {
  if (Number(age) <= OLDEST) return { cells: [String(Number(age)), ...rest] }
  const quarantined = { code: 'label.name', reason: `the name of the image states an age above ${OLDEST}` }
  return { cells: ['', ...rest], quarantined }
}

/** The layout of UTKFace: ages in the bands of FairFace unless the plan has others. */
export function utkFaceLayout(plan: DatasetPlan, table: LabelTable): Layout {
  const machine = { labelledBy: 'machine', note: MACHINE } as const
  return namedLayout(plan, table, {
    image: NAME,
    subject: null,
    attributes: [
      declaredAttribute('race', RACES, machine),
      declaredAttribute('gender', GENDERS, machine),
      { name: 'age', column: 'age', declared: null, bins: FAIRFACE_BANDS, ...machine },
    ],
    labelledBy: 'machine',
    hint: 'Names of UTKFace hold age, gender and race.',
  })
}
