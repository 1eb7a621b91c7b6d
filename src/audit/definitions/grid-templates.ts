import { quoted } from '../errors.js'
import type { GridTemplates, TemplateFamily } from '../types/grid.js'
import type { WrittenGrid } from './grid-schema.js'
import type { RuleFaults } from './rule-faults.js'
import { asList } from './schema-words.js'
import { checkTemplate } from './template-rules.js'
import type { Path } from './yaml-place.js'

type ReadFamily = (id: string, path: Path) => TemplateFamily | null
type WrittenTemplates = NonNullable<WrittenGrid['templates']>[number]

/** The entries under `templates`, families read in. What cannot be read becomes a fault and is left out. */
export function gridTemplates(written: WrittenGrid, faults: RuleFaults, readFamily: ReadFamily): GridTemplates[] {
  const entries = (written.templates ?? []).map((entry, index) => {
    const path = ['templates', index]
    const found = typeof entry === 'string' ? single(entry, path, faults) : several(entry, path, { faults, readFamily })
    return found === null ? null : { path, entry: found }
  })
  const read = entries.filter((entry) => entry !== null)
  read.forEach(({ path, entry }, index) => {
    const before = read.slice(0, index)
    const received = `${quoted(entry.id)} again`
    if (before.some((other) => other.entry.id === entry.id)) faults.add(path, 'each choice once', { received })
    else if (before.some((other) => sameTemplates(other.entry, entry)))
      faults.add(path, 'other templates than every choice above', { received: `the same as an earlier choice` })
  })
  return read.map(({ entry }) => entry)
}

function sameTemplates(a: GridTemplates, b: GridTemplates): boolean {
  return JSON.stringify(a.templates) === JSON.stringify(b.templates)
}

function single(template: string, path: Path, faults: RuleFaults): GridTemplates | null {
  return checkTemplate(template, path, faults) ? { id: template, note: '', templates: [template] } : null
}

type Reading = { readonly faults: RuleFaults; readonly readFamily: ReadFamily }

function several(
  entry: Exclude<WrittenTemplates, string>,
  path: Path,
  { faults, readFamily }: Reading,
): GridTemplates | null {
  if ((entry.texts === undefined) === (entry.family === undefined)) {
    const received = entry.family === undefined ? 'neither' : 'both'
    faults.add(path, 'either texts or a family', { received })
    return null
  }
  if (entry.family !== undefined) {
    const family = readFamily(entry.family, [...path, 'family'])
    return family && { id: entry.id ?? family.id, note: entry.note ?? family.title, templates: family.templates }
  }
  const texts = asList(entry.texts ?? [])
  const placeOf = (index: number): Path => (Array.isArray(entry.texts) ? [...path, 'texts', index] : [...path, 'texts'])
  const areSound = texts.map((text, index) => {
    const isSound = checkTemplate(text, placeOf(index), faults)
    if (texts.indexOf(text) === index) return isSound
    faults.add(placeOf(index), 'each template once', { received: `${quoted(text)} again` })
    return false
  })
  if (entry.id === undefined && texts.length > 1) faults.add([...path, 'id'], 'a name for these templates')
  return areSound.every(Boolean) ? { id: entry.id ?? texts[0], note: entry.note ?? '', templates: texts } : null
}
