import type { Command } from 'commander'

export const HUB_HELP = `
HF_ENDPOINT names another hub (default: https://huggingface.co), HF_TOKEN gives a token, HF_HOME says where files go without --to.
Every file is held against the checksum of the hub. Stopped with Ctrl-C or broken off, the same command goes on where it was.
No other command of probity opens a connection.`

/** Options that both pulls have. */
export function addPullOptions(command: Command): void {
  command
    .option('--to <folder>', 'where the files go (default: HF_HOME/probity/<kind>s/<org>/<name>)')
    .option('--yes', 'do not ask')
    .option('--json', 'the result as JSON on stdout, and progress as one JSON object a line on stderr')
}
