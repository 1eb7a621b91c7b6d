import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse as parseCsv } from 'csv-parse/sync'
import { parse as parseYaml } from 'yaml'
import { z } from 'zod'
import { DefinitionError, quoted } from '../audit/errors.js'
import { worldGaps } from './world-gaps.js'
import type { World, WorldCell } from './world.js'

const share = z.number().min(0).max(1)
const labels = z.record(z.string(), z.string())
const attribute = z.strictObject({ labelSet: z.string(), accuracy: share, labels })

const worldFile = z.strictObject({
  id: z.string(),
  title: z.string(),
  source: z.string(),
  cells: z.string(),
  outcomes: z.strictObject({ crime: z.array(z.string()).min(1), nonHuman: z.array(z.string()).min(1) }),
  base: z.strictObject({ labelSet: z.string() }),
  child: z.strictObject({ labelSet: z.string(), label: z.string(), takesUnflagged: z.record(z.string(), share) }),
  person: z.strictObject({ labelSet: z.string(), label: z.string(), takes: share }),
  gender: attribute,
  race: attribute,
  age: attribute,
  people: z.record(z.string(), labels),
  weakWords: z.array(z.string()),
  words: labels,
})

const count = z
  .string()
  .regex(/^\d{1,9}$/, 'a whole number')
  .transform(Number)
const cellRow = z
  .strictObject({
    race: z.string(),
    age: z.string(),
    images: count,
    crime: count,
    non_human: count,
    crime_with_child: count,
    non_human_with_child: count,
  })
  .refine((row) => row.crime + row.non_human <= row.images, 'more flagged images than images')
  .refine((row) => row.crime_with_child <= row.crime && row.non_human_with_child <= row.non_human, {
    message: 'with one more label images can only flow into it, never into a flagged outcome',
  })

/** A world that comes with the package; by default the one that plants the CLIP paper's Tables 6 and 7. */
export function readShippedWorld(id = 'clip-paper'): World {
  // src/phantom and dist/phantom lie equally deep, so this is the package's own folder from both.
  return readWorld(fileURLToPath(new URL(`../../worlds/${id}.yaml`, import.meta.url)))
}

/**
 * Reads a world: a YAML file with the rules and, beside it, the CSV file of cells that it names.
 * Throws DefinitionError (`world.unreadable`, `world.invalid`, `world.incomplete`).
 */
export function readWorld(file: string): World {
  const parsed = checked(worldFile, parsedFile(file, parseYaml), file)
  const cellsFile = join(dirname(file), parsed.cells)
  const rows = parsedFile(cellsFile, (text): unknown => parseCsv(text, { columns: true }))
  const world: World = {
    ...parsed,
    cells: checked(z.array(cellRow), rows, cellsFile).map(toCell),
    child: { ...parsed.child, takesUnflagged: new Map(Object.entries(parsed.child.takesUnflagged)) },
    gender: { ...parsed.gender, labels: Object.entries(parsed.gender.labels) },
    race: { ...parsed.race, labels: Object.entries(parsed.race.labels) },
    age: { ...parsed.age, labels: Object.entries(parsed.age.labels) },
    people: Object.entries(parsed.people).flatMap(([race, byGender]) =>
      Object.entries(byGender).map(([gender, label]) => ({ race, gender, label })),
    ),
    words: Object.entries(parsed.words).map(([label, text]) => [label, text.split(' ')] as const),
  }
  const gaps = worldGaps(world, file)
  if (gaps.length > 0) throw new DefinitionError('world.incomplete', gaps)
  return world
}

function parsedFile(file: string, parse: (text: string) => unknown): unknown {
  try {
    return parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    const received = quoted(cause instanceof Error ? cause.message : String(cause))
    throw new DefinitionError('world.unreadable', { at: file, expected: 'a file of a world', received }, { cause })
  }
}

function checked<Output>(schema: z.ZodType<Output>, value: unknown, file: string): Output {
  const result = schema.safeParse(value, { reportInput: true })
  if (result.success) return result.data
  const faults = result.error.issues.map((issue) => ({
    at: file,
    field: issue.path.join('.'),
    expected: `a world's value (${issue.message})`,
    received: quoted(issue.input),
  }))
  throw new DefinitionError('world.invalid', faults)
}

function toCell(row: z.infer<typeof cellRow>): WorldCell {
  return {
    race: row.race,
    age: row.age,
    images: row.images,
    crime: row.crime,
    nonHuman: row.non_human,
    crimeWithChild: row.crime_with_child,
    nonHumanWithChild: row.non_human_with_child,
  }
}
