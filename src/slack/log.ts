/** The part of a log that this folder writes to. The sentence is fixed; what varies is in `about`. */
export interface Log {
  debug(about: object, sentence: string): void
  info(about: object, sentence: string): void
  warn(about: object, sentence: string): void
  error(about: object, sentence: string): void
}
