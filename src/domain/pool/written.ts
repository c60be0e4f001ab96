import { isAlias, LineCounter, parseDocument, visit } from 'yaml'
import type { Document } from 'yaml'
import type { Json } from '../../core/canonical.ts'

/** What a text holds, or the sentence that says why it cannot be read. */
type Written = { readonly value: Json; readonly fault?: undefined } | { readonly fault: string }

/** Faults that people make, in better words than the library's. */
const WORDS: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'this member is there twice. Keep one.',
  TAB_AS_INDENT: 'indent with spaces, not with tabs.',
  MULTIPLE_DOCS: 'write everything in one document, without ---.',
}

/** Reads YAML or JSON. Aliases are not taken: they can blow a text up. */
export function readWritten(text: string): Written {
  const lines = new LineCounter()
  const at = (offset: number) => `Line ${lines.linePos(offset).line} cannot be read`
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
    const [wrong] = [...document.errors, ...document.warnings]
    if (wrong) return { fault: `${at(wrong.pos[0])}: ${WORDS[wrong.code] ?? `${wrong.message}.`}` }
    const alias = aliasIn(document)
    return alias === undefined
      ? { value: document.toJS() as Json }
      : { fault: `${at(alias)}: anchors and aliases are not taken. Write the value out.` }
  } catch (error) {
    if (error instanceof RangeError) return { fault: 'The settings are nested too deep.' }
    throw error
  }
}

/** Where the first alias stands. */
function aliasIn(document: Document.Parsed): number | undefined {
  let found: number | undefined
  visit(document, (_key, node) => {
    if (!isAlias(node)) return undefined
    found = node.range?.[0] ?? 0
    return visit.BREAK
  })
  return found
}
