import { el } from './dom.js'
import { textNodes } from './text.js'

/** A confirmation dialog; resolves to whether the person agreed. Without one: yes. */
export function agreed(confirm) {
  if (!confirm) return Promise.resolve(true)
  return new Promise((resolve) => {
    const dialog = el(
      'dialog',
      { class: 'confirm', onclose: () => done(dialog, resolve) },
      el('h2', {}, textNodes(confirm.title ?? { type: 'plain_text', text: 'Are you sure?' })),
      el('p', {}, textNodes(confirm.text)),
      el(
        'div',
        { class: 'confirm-buttons' },
        el('button', { type: 'button', onclick: () => dialog.close('') }, textNodes(confirm.deny)),
        el(
          'button',
          {
            type: 'button',
            class: confirm.style === 'danger' ? 'danger' : 'primary',
            onclick: () => dialog.close('yes'),
          },
          textNodes(confirm.confirm),
        ),
      ),
    )
    document.body.append(dialog)
    dialog.showModal()
  })
}

function done(dialog, resolve) {
  resolve(dialog.returnValue === 'yes')
  dialog.remove()
}
