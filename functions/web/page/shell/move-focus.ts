/** In a list of buttons, arrow keys go from one to the next. */
export function moveFocus(event: KeyboardEvent): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const buttons = [
    ...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('li > button, li > * > button'),
  ];
  const next = buttons[buttons.indexOf(document.activeElement as HTMLElement) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
