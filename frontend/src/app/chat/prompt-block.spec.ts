import { TestBed } from '@angular/core/testing';
import { givenTheApp } from '../../testing/app-providers';
import { PromptBlock } from './prompt-block';

/** The text of the block, with every space that is shown. */
async function textOf(prompt: string, asked: string | null): Promise<string | null> {
  await givenTheApp();
  const block = TestBed.createComponent(PromptBlock);
  block.componentRef.setInput('prompt', prompt);
  block.componentRef.setInput('written', prompt);
  block.componentRef.setInput('asked', asked);
  block.componentRef.setInput('editing', false);
  await block.whenStable();
  const element = block.nativeElement as HTMLElement;
  return element.querySelector('.prompt')?.textContent ?? null;
}

describe(PromptBlock.name, () => {
  it('should show a prompt as it was written, with no space of its own', async () => {
    expect(await textOf('Bom dia\n  recuado', null)).toBe('Bom dia\n  recuado');
  });

  it('should show a command and what was typed after it', async () => {
    expect((await textOf('/resumir tudo', 'Resuma: tudo'))?.trimEnd()).toBe('/resumir tudo');
  });
});
