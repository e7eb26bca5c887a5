/** To a process, or with a negative number to a group. One that is gone already is no error; 0, 1 and -1 are never meant. */
export const sendSignal = (pid: number, name: NodeJS.Signals | 0): boolean => {
  if (Math.abs(pid) <= 1) return false
  try {
    process.kill(pid, name)
    return true
  } catch {
    return false
  }
}
