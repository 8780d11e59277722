// What must never happen, watched in every test: a request that leaves the
// page, an error on the console (a violation of the Content-Security-Policy is
// one), an exception that nobody caught.

import type { BrowserContext, Page } from '@playwright/test';

export class Guard {
  readonly found: string[] = [];
  private readonly allowed: RegExp[] = [];

  constructor(private readonly appUrl: string) {}

  /** For a test that provokes an error on purpose. */
  allow(pattern: RegExp): void {
    this.allowed.push(pattern);
  }

  watch(context: BrowserContext): void {
    context.on('request', (request) => this.checkUrl(request.url()));
    context.on('page', (page) => this.watchPage(page));
    context.pages().forEach((page) => this.watchPage(page));
  }

  private watchPage(page: Page): void {
    page.on('websocket', (socket) => this.checkUrl(socket.url()));
    page.on('pageerror', (error) => this.note(`uncaught: ${error.stack ?? error.message}`));
    page.on('crash', () => this.note('the page crashed'));
    page.on('console', (message) => {
      if (message.type() === 'error') {
        this.note(`console: ${message.text()}`);
      }
    });
  }

  private checkUrl(url: string): void {
    const own = this.appUrl.startsWith('file:') ? this.appUrl : new URL(this.appUrl).origin + '/';
    const inside = ['data:', 'blob:', 'about:'].some((scheme) => url.startsWith(scheme));
    if (!inside && !url.startsWith(own)) {
      this.note(`request: ${url}`);
    }
  }

  private note(problem: string): void {
    if (!this.allowed.some((pattern) => pattern.test(problem))) {
      this.found.push(problem);
    }
  }
}
