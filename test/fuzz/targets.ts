import type { FuzzTarget } from './target.js'
import { CONTAINER_TARGETS } from './targets/containers.js'
import { DEFINITION_TARGETS } from './targets/definitions.js'
import { MODEL_TARGETS } from './targets/models.js'
import { SAVED_TARGETS } from './targets/saved.js'
import { STORE_TARGETS } from './targets/store.js'
import { TABLE_TARGETS } from './targets/tables.js'
import { VECTOR_TARGETS } from './targets/vectors.js'
import { WORD_TARGETS } from './targets/words.js'

/** Every parser of bytes or text from outside, under the fuzzer. */
export const TARGETS: readonly FuzzTarget[] = [
  ...STORE_TARGETS,
  ...VECTOR_TARGETS,
  ...CONTAINER_TARGETS,
  ...MODEL_TARGETS,
  ...TABLE_TARGETS,
  ...DEFINITION_TARGETS,
  ...SAVED_TARGETS,
  ...WORD_TARGETS,
]
