import { isMap, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from 'yaml'
import { z } from 'zod'
import { quoted, type Fault } from '../errors.js'
import { nearestWord } from './nearest-word.js'
import { didYouMean } from './words.js'
import { asNode, scalarText } from './yaml-form.js'
import { fieldOf, type Path } from './yaml-place.js'

/** A document copied out: its value, the faults found on the way, and the fields that unknown keys probably mean. */
export type Copied = { readonly value: unknown; readonly faults: readonly Fault[]; readonly meant: ReadonlySet<string> }

/** Copies a node tree into fresh values, guided by the schema that will judge them:
 *  text where the schema says text (`012`, `1e3` and `3-9` stay as written), a `Map` where keys are the user's own words
 *  (a group may be called `__proto__`, and order is kept), numbers only where they are written as JSON writes them.
 *  Keys that the schema does not know become faults, with the nearest known one. */
export function toValue(schema: z.ZodType, root: Node, placeOf: (path: Path) => string): Copied {
  const copying: Copying = { faults: [], meant: new Set(), placeOf }
  return { value: copy(schema, root, [], copying), faults: copying.faults, meant: copying.meant }
}

type Copying = { readonly faults: Fault[]; readonly meant: Set<string>; readonly placeOf: (path: Path) => string }

function copy(as: z.ZodType, node: Node | null, path: Path, copying: Copying): unknown {
  if (as instanceof z.ZodOptional || as instanceof z.ZodDefault || as instanceof z.ZodNullable)
    return copy(asType(as.unwrap()), node, path, copying)
  if (as instanceof z.ZodUnion) return copy(optionFor(as, node) ?? z.unknown(), node, path, copying)
  if (isMap(node)) {
    if (as instanceof z.ZodObject) return copyObject(as, node, path, copying)
    const valueType = as instanceof z.ZodMap ? asType(as.def.valueType) : z.unknown()
    return new Map(entriesOf(node).map(([key, child]) => [key, copy(valueType, child, [...path, key], copying)]))
  }
  if (isSeq(node)) {
    const element = as instanceof z.ZodArray ? asType(as.element) : z.unknown()
    return node.items.map((item, index) => copy(element, asNode(item), [...path, index], copying))
  }
  return isScalar(node) ? copyScalar(as, node, path, copying) : null
}

function copyObject(as: z.ZodObject, node: YAMLMap, path: Path, copying: Copying): unknown {
  const known = Object.keys(as.shape)
  const object: Record<string, unknown> = {}
  for (const [key, child] of entriesOf(node)) {
    if (known.includes(key)) object[key] = copy(asType(as.shape[key]), child, [...path, key], copying)
    else refuseKey(key, known, path, copying)
  }
  return object
}

function refuseKey(key: string, known: readonly string[], path: Path, { faults, meant, placeOf }: Copying): void {
  const hint = didYouMean(key, known)
  meant.add(fieldOf([...path, nearestWord(key, known) ?? key]))
  const fault = { at: placeOf([...path, key]), expected: `a known key (${known.join(', ')})`, received: quoted(key) }
  const field = path.length === 0 ? {} : { field: fieldOf(path) }
  faults.push({ ...fault, ...field, ...(hint === undefined ? {} : { hint }) })
}

function copyScalar(as: z.ZodType, scalar: Scalar, path: Path, { faults, placeOf }: Copying): unknown {
  if (scalar.value === null) return null
  if (isTextual(as)) return scalarText(scalar)
  if (!Number.isFinite(scalar.value) || JSON_NUMBER.test(scalarText(scalar))) return scalar.value
  const hint = 'Write it as 12, 0.5 or 1e-4, or in quotes if it is text.'
  const received = `${scalarText(scalar)}, which can be read in two ways`
  faults.push({ at: placeOf(path), field: fieldOf(path), expected: 'a plain number', received, hint })
  return scalar.value
}

const JSON_NUMBER = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$/

/** Which form of a union a node is written in: text, list or mapping, or the one that its discriminator names; null when in none. */
function optionFor(union: z.ZodUnion, node: Node | null): z.ZodType | null {
  const options = union.options.map(asType)
  if (union instanceof z.ZodDiscriminatedUnion && isMap(node))
    return optionNamed(options, union.def.discriminator, node)
  return options.find((option) => fits(option, node)) ?? null
}

/** Where the discriminator names no option, that alone is the fault: which keys there should be is not known. */
function optionNamed(options: readonly z.ZodType[], discriminator: string, node: YAMLMap): z.ZodType {
  const entries = entriesOf(node)
  const child = entries.find(([key]) => key === discriminator)?.[1] ?? null
  const value = isScalar(child) ? child.value : null
  const objects = options.filter((option) => option instanceof z.ZodObject)
  const named = objects.find(({ shape }) => asType(shape[discriminator]).safeParse(value).success)
  return (
    named ??
    z.object(Object.fromEntries(entries.map(([key]) => [key, key === discriminator ? z.string() : z.unknown()])))
  )
}

function fits(option: z.ZodType, node: Node | null): boolean {
  if (isMap(node)) return option instanceof z.ZodObject || option instanceof z.ZodMap
  if (isSeq(node)) return option instanceof z.ZodArray
  return isTextual(option) && isScalar(node) && node.value !== null
}

function isTextual(schema: z.ZodType): boolean {
  return schema instanceof z.ZodString || schema instanceof z.ZodEnum || schema instanceof z.ZodLiteral
}

/** zod types its inner schemas as the core interface; every schema of ours is built with the classic one. */
function asType(schema: unknown): z.ZodType {
  if (schema instanceof z.ZodType) return schema
  throw new TypeError('a schema of definitions must be built with zod classic')
}

function entriesOf(node: YAMLMap): [string, Node | null][] {
  return node.items.map(({ key, value }) => {
    const keyNode = asNode(key)
    return [isScalar(keyNode) ? scalarText(keyNode) : '', asNode(value)]
  })
}
