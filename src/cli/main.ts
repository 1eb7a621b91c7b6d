#!/usr/bin/env node
import { buildProgram } from './program.js'
import { EXIT, exitWith } from './exit.js'

process.stdout.on('error', quietWhenPipeCloses)
process.stderr.on('error', quietWhenPipeCloses)

process.on('SIGINT', () => {
  process.stderr.write('\nInterrupted. No result was written.\n')
  process.exit(EXIT.interrupted)
})

try {
  await buildProgram().parseAsync()
} catch (error) {
  exitWith(error)
}

/** `probity list | head` closes our output early; that is no error of ours. */
function quietWhenPipeCloses(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
}
