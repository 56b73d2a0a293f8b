/** Why somebody reads, in the reader's own words: sent with each question, and kept in the access log with each read. */
const KEY = 'pedigree.purpose';

/** Longest purpose that the server takes, in characters. */
export const MAX_PURPOSE = 500;

export const purpose = {
  get: (): string => sessionStorage.getItem(KEY) ?? '',
  set: (text: string): void => sessionStorage.setItem(KEY, text.trim().slice(0, MAX_PURPOSE)),
  header: (): Record<string, string> => {
    // A header holds Latin-1 only.
    const text = purpose.get().replace(/[^\x20-\x7e\u00a0-\u00ff]/g, '?');
    return text === '' ? {} : { 'pedigree-purpose': text };
  },
};
