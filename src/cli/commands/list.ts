import { Option, type Command } from 'commander'

type Kind = 'probes' | 'label-sets' | 'policies' | 'templates' | 'grids'
const KINDS: readonly Kind[] = ['probes', 'label-sets', 'policies', 'templates', 'grids']
const TITLES: Readonly<Record<Kind, string>> = {
  probes: 'Probes',
  'label-sets': 'Label sets',
  policies: 'Policies',
  templates: 'Template families',
  grids: 'Grids',
}

/** `probity list`: what is shipped. */
export function addList(program: Command): void {
  program
    .command('list')
    .summary('list the shipped probes, label sets, policies, template families and grids')
    .addArgument(program.createArgument('[kind]', 'only one kind').choices(KINDS))
    .addOption(new Option('--json', 'machine-readable list'))
    .addHelpText('after', '\nExamples:\n  probity list\n  probity list label-sets --json')
    .action(async (kind: Kind | undefined, flags: { json?: boolean }) => {
      const { shippedTitles } = await import('../../audit/definitions/shipped-titles.js')
      const kinds = kind === undefined ? KINDS : [kind]
      const shipped = kinds.map((each) => ({ kind: each, entries: shippedTitles(each) }))
      if (flags.json) {
        process.stdout.write(
          `${JSON.stringify(Object.fromEntries(shipped.map((each) => [each.kind, each.entries])), null, 2)}\n`,
        )
        return
      }
      const width = Math.max(...shipped.flatMap(({ entries }) => entries.map(({ id }) => id.length)))
      const blocks = shipped.map(
        (each) =>
          `${TITLES[each.kind]}\n${each.entries.map(({ id, title }) => `  ${id.padEnd(width)}  ${title}\n`).join('')}`,
      )
      process.stdout.write(`${blocks.join('\n')}\nSee one with: probity show <id>\n`)
    })
}
