/** Somebody who looks at pages, with the times that a browser keeps. All times are in milliseconds since the epoch. */
import type { Browser, BrowserContext, Page, Request } from 'playwright-core';

/** A page that is open, with its explorer drawn. */
export interface Drawn {
  readonly page: Page;
  /** From the first request to the drawing on the screen. */
  readonly openMs: number;
  /** From the last answer with data of the graph to the drawing on the screen. */
  readonly layoutMs: number;
  /** Boxes of the drawing. */
  readonly boxes: number;
  /** Artifacts that the server sent for it. */
  readonly sent: number;
}

const DRAWN = `performance.getEntriesByName('pedigree-drawn')`;
const TIMEOUT_MS = 60_000;

export class Reader {
  private constructor(
    private readonly context: BrowserContext,
    private readonly url: string,
  ) {}

  /** Signed in with a token. */
  static async open(browser: Browser, url: string, token: string): Promise<Reader> {
    const context = await browser.newContext({
      viewport: { width: 1400, height: 900 },
      reducedMotion: 'reduce',
    });
    const answer = await context.request.post(`${url}/session`, { data: { token } });
    if (!answer.ok()) throw new Error(await answer.text());
    return new Reader(context, url);
  }

  /** Opens an address of the explorer, and waits until it is drawn. The caller closes the page. */
  async explore(path: string): Promise<Drawn> {
    const page = await this.context.newPage();
    const answers = watchAnswers(page);
    const begin = Date.now();
    await page.goto(this.url + path);
    const { at, boxes } = await drawn(page, 1);
    const sent = (await Promise.all(answers.map(artifactsOf))).reduce((sum, count) => sum + count, 0);
    return { page, openMs: at - begin, layoutMs: at - lastData(answers), boxes, sent };
  }

  /** Opens any page; the time until a text is there. */
  async openMs(path: string, text: string): Promise<number> {
    const page = await this.context.newPage();
    const begin = performance.now();
    await page.goto(this.url + path);
    await page.getByText(text).first().waitFor({ timeout: TIMEOUT_MS });
    const took = performance.now() - begin;
    await page.close();
    return took;
  }
}

/** The time from a click until the next drawing, and from the data that it brought. */
export async function expandMs(page: Page, button: string): Promise<{ whole: number; layout: number }> {
  const before = await page.evaluate<number>(`${DRAWN}.length`);
  const answers = watchAnswers(page);
  // The click of the page itself, without the checks of the tool that clicks.
  const begin = await page.evaluate<number>(
    `(() => { const now = performance.timeOrigin + performance.now();
      [...document.querySelectorAll('button')].find((found) => found.innerText.includes(${JSON.stringify(button)})).click();
      return now; })()`,
  );
  const { at } = await drawn(page, before + 1);
  return { whole: at - begin, layout: at - lastData(answers) };
}

/** The time from a click on “fit view” until every box is made and painted, however small. */
export async function wholeMs(page: Page, boxes: number): Promise<number> {
  return page.evaluate<number>(
    `new Promise((resolve, reject) => {
      const begin = performance.now();
      const look = () => {
        if (document.querySelectorAll('.react-flow__node').length < ${String(boxes)}) requestAnimationFrame(look);
        else requestAnimationFrame(() => resolve(performance.now() - begin));
      };
      setTimeout(() => reject(new Error('not every box was made')), ${String(TIMEOUT_MS)});
      document.querySelector('.react-flow__controls-fitview').click();
      requestAnimationFrame(look);
    })`,
  );
}

/** The longest task of the main thread while the drawing is moved with the mouse; tasks below 50 ms are not told. */
export async function longestTaskWhilePanning(page: Page): Promise<number> {
  await page.evaluate(
    `(() => { window.longTasks = []; new PerformanceObserver((list) => {
      for (const task of list.getEntries()) window.longTasks.push(task.duration); }).observe({ type: 'longtask' }); })()`,
  );
  const { x, y, width, height } = (await page.locator('.react-flow__pane').boundingBox()) ?? {
    ...{ x: 0, y: 0, width: 0, height: 0 },
  };
  await page.mouse.move(x + width - 20, y + height / 2);
  await page.mouse.down();
  for (let step = 1; step <= 60; step += 1) {
    await page.mouse.move(
      x + width - 20 - (step * (width - 40)) / 60,
      y + height / 2 + 40 * Math.sin(step / 6),
    );
  }
  await page.mouse.up();
  return page.evaluate<number>(`Math.max(50, ...window.longTasks)`);
}

/** Waits for the drawing of this number since the page was opened; asked in the page, whose policy lets no tool poll it. */
async function drawn(page: Page, count: number): Promise<{ at: number; boxes: number }> {
  return page.evaluate<{ at: number; boxes: number }>(
    `new Promise((resolve, reject) => {
      const look = () => {
        const mark = ${DRAWN}[${String(count - 1)}];
        if (mark) resolve({ at: performance.timeOrigin + mark.startTime, boxes: mark.detail });
        else setTimeout(look, 20);
      };
      setTimeout(() => reject(new Error('nothing was drawn: ' + document.body.innerText.slice(0, 300))), ${String(TIMEOUT_MS)});
      look();
    })`,
  );
}

/** Requests for data of the graph, as they are answered. */
function watchAnswers(page: Page): Request[] {
  const answers: Request[] = [];
  page.on('requestfinished', (request) => {
    if (/LineageGraph|HubEdges/.test(request.postData() ?? '')) answers.push(request);
  });
  return answers;
}

function lastData(answers: readonly Request[]): number {
  return Math.max(...answers.map((request) => request.timing().startTime + request.timing().responseEnd));
}

async function artifactsOf(request: Request): Promise<number> {
  const answer = (await (await request.response())?.json()) as { data: { lineage: { nodes?: unknown[] } } };
  return answer.data.lineage.nodes?.length ?? 0;
}
