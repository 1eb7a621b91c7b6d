import { createInterface } from 'node:readline/promises'

/** What is still missing of a new label set, as the flags would have said it. */
export type Answers = {
  readonly title: string | null
  readonly source: string | null
  readonly outcome: readonly string[]
  readonly label: readonly string[]
}

/** Asks on a terminal for what the flags left open. An empty answer ends a list and leaves a text open. */
export async function askLabelSet(
  given: Answers,
  { input, output }: { input: NodeJS.ReadableStream; output: NodeJS.WritableStream },
): Promise<Answers> {
  const terminal = createInterface({ input, output, terminal: false })
  const lines: AsyncIterator<string, undefined> = terminal[Symbol.asyncIterator]()
  const ask = async (question: string): Promise<string> => {
    output.write(`${question} `)
    const { value } = await lines.next() // undefined where the input has ended
    return (value ?? '').trim()
  }
  try {
    const title = given.title ?? ((await ask('Title, one line for headings:')) || null)
    const source = given.source ?? ((await ask('Where do the labels and their wording come from?')) || null)
    const outcome = await more(
      ask,
      given.outcome,
      'Outcome category as name=harm, for example person=none (empty: no more):',
    )
    const label = await more(ask, given.label, 'Label as text=outcome, for example a person=person (empty: no more):')
    return { title, source, outcome, label }
  } finally {
    terminal.close()
  }
}

async function more(
  ask: (question: string) => Promise<string>,
  given: readonly string[],
  question: string,
): Promise<readonly string[]> {
  if (given.length > 0) return given
  const answers: string[] = []
  for (let answer = await ask(question); answer !== ''; answer = await ask(question)) answers.push(answer)
  return answers
}
