import type { DatasetPlan } from '../../types/definitions.js'
import type { LabelTable } from '../label-table.js'
import type { Layout } from '../layout.js'
import { NAME, openImageNames } from './image-names.js'
import type { NameReading } from './image-names.js'
import { namedLayout } from './named-layout.js'

// chicagofaces.org; M and I are the letters of the extension sets, which were not seen
const RACES: Readonly<Record<string, string>> = { A: 'Asian', B: 'Black', L: 'Latino', W: 'White', M: 'Multiracial', I: 'Indian' } // prettier-ignore
const GENDERS: Readonly<Record<string, string>> = { F: 'Female', M: 'Male' }
const EXPRESSIONS: Readonly<Record<string, string>> = { N: 'neutral', A: 'angry', F: 'fearful', HC: 'happy with closed mouth', HO: 'happy with open mouth' } // prettier-ignore

const FORM = /^CFD-([ABLWMI])([FM])-(\d+)-(\d+)-(N|A|F|HC|HO)\.jpe?g$/i

/** The images of a folder of the Chicago Face Database: race, gender, person and expression are in the name, `CFD-BF-001-021-HC.jpg`.
 *  Throws DatasetError. */
export function openCfd({ labels }: DatasetPlan): Promise<LabelTable> {
  return openImageNames(labels, {
    columns: ['race', 'gender', 'model', 'expression'],
    read,
    form: 'CFD-[race][gender]-[person]-[photo]-[expression].jpg',
  })
}

function read(name: string): NameReading | null {
  const [, race, gender, model, , expression] = FORM.exec(name.toUpperCase()) ?? []
  if (expression === undefined) return null
  return { cells: [RACES[race], GENDERS[gender], `CFD-${race}${gender}-${model}`, EXPRESSIONS[expression]] }
}

/** The layout of the Chicago Face Database: race and gender as people describe themselves, the person as subject. */
export function cfdLayout(plan: DatasetPlan, table: LabelTable): Layout {
  return namedLayout(plan, table, {
    image: NAME,
    subject: 'model',
    attributes: [
      { name: 'race', column: 'race', labelledBy: 'self', declared: null },
      { name: 'gender', column: 'gender', labelledBy: 'self', declared: null },
      { name: 'expression', column: 'expression', labelledBy: 'self', declared: null, note: 'posed on request' },
    ],
    labelledBy: 'unknown',
    hint: 'Names of the Chicago Face Database hold race, gender, model and expression.',
  })
}
