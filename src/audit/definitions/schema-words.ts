import { z } from 'zod'

/** Text that says something: at least one character that is not a space. Kept word for word. */
export const filledText = z.string().regex(/\S/, 'text that is not empty')

/** The id of a probe, label set or policy; it is also the name of its file. */
export const definitionId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'an id of letters, digits, dots, hyphens and underscores')
  .meta({ description: 'The id; the file must be called <id>.yaml.' })

/** One text or a list of at least one. */
export const textOrList = z.union([filledText, z.array(filledText).min(1)])

/** Reads what {@link textOrList} allows as a list. */
export function asList(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value
}

/** A share between 0 and 1. */
export const share = z.number().min(0, 'a share from 0 to 1').max(1, 'a share from 0 to 1')
