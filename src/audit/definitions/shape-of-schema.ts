import { z } from 'zod'
import type { Shape, ShapeField } from './shape.js'

/** A schema of saved results as plain data: its parts first, itself last. Throws Error for whatever says more than a {@link Shape} can: such a schema must
 *  be asked itself. */
export function shapeOfSchema(schema: z.core.$ZodType): readonly Shape[] {
  const shapes: Shape[] = []
  const places = new Map<string, number>() // by what they say: every z.string() is a schema of its own
  const place = (part: z.core.$ZodType): number => {
    const shape = shapeOf((part as z.core.$ZodTypes)._zod.def, place)
    const key = JSON.stringify(shape)
    const known = places.get(key)
    if (known !== undefined) return known
    places.set(key, shapes.push(shape) - 1)
    return shapes.length - 1
  }
  place(schema)
  return shapes
}

type Place = (part: z.core.$ZodType) => number

function shapeOf(def: z.core.$ZodTypes['_zod']['def'], place: Place): Shape {
  if (def.type === 'number') return numberShape(def)
  if (def.type === 'string') return stringShape(def)
  if ('check' in def || (def.checks ?? []).length > 0) throw unsaid(`a check of ${def.type}`)
  if (def.type === 'boolean') return { is: 'boolean' }
  if (def.type === 'null') return { is: 'one-of', values: [null] }
  if (def.type === 'literal') return { is: 'one-of', values: def.values.map(plain) }
  if (def.type === 'enum') return { is: 'one-of', values: Object.values(def.entries) }
  if (def.type === 'array') return { is: 'list', of: place(def.element) }
  if (def.type === 'tuple' && def.rest === null) return { is: 'tuple', of: def.items.map(place) }
  if (def.type === 'union' && ('discriminator' in def || def.inclusive !== false))
    return { is: 'any-of', of: def.options.map(place) }
  if (def.type === 'nullable') return { is: 'any-of', of: [NULL, def.innerType].map(place) }
  if (def.type === 'object') return objectShape(def, place)
  throw unsaid(def.type)
}

const NULL = z.null()

/** Checks of a schema are typed by their common part alone. */
function checksOf({ checks = [] }: z.core.$ZodTypeDef): readonly z.core.$ZodChecks['_zod']['def'][] {
  return checks.map((check) => (check as z.core.$ZodChecks)._zod.def)
}

function numberShape(def: z.core.$ZodNumberDef & Partial<z.core.$ZodNumberFormatDef>): Shape {
  const checks = checksOf(def)
  if (def.coerce === true) throw unsaid('a number made of something else')
  if (def.check === undefined && checks.length === 0) return { is: 'number' }
  if (def.format !== 'safeint') throw unsaid('a number with checks that is not whole')
  const leasts = checks.map((check) => {
    if (check.check === 'greater_than' && check.inclusive && typeof check.value === 'number') return check.value
    throw unsaid(`a whole number with ${check.check}`)
  })
  return { is: 'whole', least: Math.max(Number.MIN_SAFE_INTEGER, ...leasts) }
}

function stringShape(def: z.core.$ZodStringDef): Shape {
  const checks = checksOf(def)
  if (def.coerce === true || 'check' in def || checks.length > 1) throw unsaid('a string with checks')
  const [check] = checks
  if (check === undefined) return { is: 'string' }
  if (check.check !== 'string_format' || check.format !== 'regex' || check.pattern?.flags !== '')
    throw unsaid(`a string with ${check.check}`)
  return { is: 'text', pattern: check.pattern.source }
}

function objectShape({ shape, catchall }: z.core.$ZodObjectDef, place: Place): Shape {
  if (catchall?._zod.def.type !== 'unknown') throw unsaid('an object that may have no other fields')
  const fields = Object.entries(shape).map(([name, part]): ShapeField => {
    if (name in Object.prototype) throw unsaid(`a field called ${name}`) // every object has it
    const { def } = (part as z.core.$ZodTypes)._zod
    return def.type === 'optional'
      ? { name, of: place(def.innerType), mayBeAbsent: true }
      : { name, of: place(part), mayBeAbsent: false }
  })
  return { is: 'object', fields }
}

function plain(value: z.core.util.Literal): string | number | boolean | null {
  if (typeof value === 'bigint' || value === undefined) throw unsaid(`the literal ${value}`)
  return value
}

function unsaid(what: string): Error {
  return new Error(`a shape cannot say: ${what}`)
}
