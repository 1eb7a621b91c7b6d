import { DefinitionError, type Fault } from '../errors.js'
import type { YamlDocument } from './yaml-file.js'
import { fieldOf, placeOf, receivedAt, type Path } from './yaml-place.js'

/** Collects what the schema cannot say (an id used twice, a word that is declared nowhere), so that all of it is reported together. */
export class RuleFaults {
  private readonly faults: Fault[] = []

  constructor(private readonly document: YamlDocument) {}

  /** Notes a fault at a path. `received` defaults to what stands there. */
  add(path: Path, expected: string, more: { received?: string | undefined; hint?: string | undefined } = {}): void {
    const received = more.received ?? receivedAt(this.document, path)
    const fault = { at: placeOf(this.document, path), field: fieldOf(path), expected, received }
    this.faults.push(more.hint === undefined ? fault : { ...fault, hint: more.hint })
  }

  /** Throws DefinitionError with every fault noted so far; there must be one. */
  throwAll(code = 'definition.invalid'): never {
    throw new DefinitionError(code, this.faults)
  }

  /** Throws DefinitionError with every fault noted so far, if there is one. */
  throwIfAny(code = 'definition.invalid'): void {
    if (this.faults.length > 0) throw new DefinitionError(code, this.faults)
  }
}
