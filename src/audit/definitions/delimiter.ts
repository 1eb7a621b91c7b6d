/** What divides fields, as a plan or a flag writes it: a tab is hard to write on a command line, so its name will do. */
export function delimiterOf(written: string): string {
  return written === 'tab' ? '\t' : written
}
