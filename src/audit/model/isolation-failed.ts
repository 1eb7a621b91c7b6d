import { ModelError } from '../errors.js'
import { describeEnd, isKilled } from './child-ended.js'
import type { ChildEnded } from './child-ended.js'

/** The process for decoding or for inference ends of something harmless too, or is killed from outside: no image and no model is to blame. */
export function isolationFailed(error: ChildEnded, does: 'decodes' | 'embeds'): ModelError {
  const { end } = error
  return new ModelError(
    'isolate.ended',
    {
      at: 'isolation',
      expected: `a process that ${does} ${isKilled(end) ? 'an' : 'a drawn'} image`,
      received: `one that ${describeEnd(end)}, each time`,
      hint:
        end.kind === 'memory'
          ? 'Allow more with --isolate-memory, or take a smaller --batch with another --store. What was embedded is kept'
          : 'See whether something on this machine ends it, for want of memory perhaps. What was embedded is kept',
    },
    { cause: error },
  )
}
