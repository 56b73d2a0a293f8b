/** Colours of the theme, for what is drawn and not styled. */

/** The colour of a custom property, as `rgb(…)`. Its text may be such as `light-dark(…)`: an element says what colour that is. */
export function themeColour(name: string): string {
  const probe = document.createElement('span');
  probe.style.color = getComputedStyle(document.documentElement).getPropertyValue(name);
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
