type Environment = Readonly<Record<string, string | undefined>>

const SYSTEM =
  /^(PATH|PATHEXT|HOME|USER|LOGNAME|LANG|LANGUAGE|LC_[A-Z]+|TZ|TMPDIR|TEMP|TMP|LD_LIBRARY_PATH|DYLD_[A-Z_]+)$/i
const DESKTOP =
  /^(XDG_[A-Z_]+|FONTCONFIG_(PATH|FILE|SYSROOT)|DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|CHROME_DEVEL_SANDBOX)$/i
const WINDOWS = /^(SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|USERPROFILE|HOMEDRIVE|HOMEPATH|(LOCAL)?APPDATA|ALLUSERSPROFILE|PROGRAMDATA|(COMMON)?PROGRAM(FILES|W6432)(\(X86\))?)$/i // prettier-ignore
const LIBRARIES =
  /^(CUDA_[A-Z_]+|NVIDIA_[A-Z0-9_]+|ORT_[A-Z_]+|VIPS_[A-Z_]+|MALLOC_[A-Z_]+|OMP_[A-Z_]+|UV_THREADPOOL_SIZE)$/i

/** The environment for another program, ours or the browser that prints: what is on this list, because programs and their libraries read it. A secret
 *  is never on it, however it is called: a list of what secrets are called always lacks one. */
export function handedOn(environment: Environment): Record<string, string | undefined> {
  const lists = [SYSTEM, DESKTOP, WINDOWS, LIBRARIES]
  return Object.fromEntries(Object.entries(environment).filter(([name]) => lists.some((list) => list.test(name))))
}
