import { isScalar } from 'yaml'
import type { z } from 'zod'
import { DefinitionError, type Fault } from '../errors.js'
import { expectedBy, faultsOfIssue } from './issue-faults.js'
import type { YamlDocument } from './yaml-file.js'
import { nodeAt, placeOf, receivedAt } from './yaml-place.js'
import { toValue } from './yaml-to-value.js'

/** The document as the schema describes it. Throws DefinitionError with all faults of the file, in the order of its lines. */
export function checkYaml<Schema extends z.ZodType>(schema: Schema, document: YamlDocument): z.output<Schema> {
  const { value, faults, meant } = toValue(schema, document.root, (path) => placeOf(document, path))
  const result = schema.safeParse(value, { error: expectedBy })
  if (result.success && faults.length === 0) return result.data
  const source = {
    placeOf: placeOf.bind(null, document),
    receivedAt: receivedAt.bind(null, document),
    textAt: textAt.bind(null, document),
  }
  const issues = result.success ? [] : result.error.issues.flatMap((issue) => faultsOfIssue(issue, source))
  const notMistyped = issues.filter(({ field, received }) => received !== 'nothing' || !meant.has(field ?? ''))
  throw new DefinitionError('definition.invalid', inLineOrder([...faults, ...notMistyped]))
}

function textAt(document: YamlDocument, path: readonly PropertyKey[]): string | null {
  const node = nodeAt(document, path)
  return isScalar(node) && typeof node.value === 'string' ? node.value : null
}

function inLineOrder(faults: readonly Fault[]): Fault[] {
  const line = ({ at }: Fault): number => Number(at.slice(at.lastIndexOf(':') + 1))
  return [...faults].sort((left, right) => line(left) - line(right))
}
