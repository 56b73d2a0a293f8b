/** Gives the browser a file to save. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The click has begun the download; what it reads is kept until then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A name that file systems take, from an id. */
export function fileName(id: string, ending: string): string {
  return `${id.replace(/[^\w.@-]+/g, '-')}.${ending}`;
}
