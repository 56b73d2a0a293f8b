/** What has to be undone, undone in reverse order, once, all of it even if some of it fails. */
type Undo = () => unknown;

export class Cleanup {
  private readonly steps: Undo[] = [];
  private running: Promise<void> | undefined;

  add(step: Undo): void {
    this.steps.push(step);
  }

  run(): Promise<void> {
    this.running ??= this.undoAll();
    return this.running;
  }

  private async undoAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const step of this.steps.reverse()) {
      try {
        await step();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'not everything could be stopped');
  }
}
