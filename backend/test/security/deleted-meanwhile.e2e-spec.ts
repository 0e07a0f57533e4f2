import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TEST_ENGINES } from '../../../db/test/test-databases.js';
import { aPerson } from '../harness/api-client.js';
import { aConversation, aPost, aScene, type Scene } from './given.js';
import { errorOf, send } from './wire.js';

describe.each(TEST_ENGINES)('what is deleted while it is used, on %s', (engine) => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await aScene(engine);
  });

  afterAll(() => scene.close());

  it('should be missing for whoever gives a thumb in that moment', async () => {
    const { app, ana } = scene;
    const seen = new Set<number>();
    for (let round = 0; round < 10; round += 1) {
      const conversation = await aConversation(app, ana);
      const { id } = await aPost(app, ana, conversation, 'Conta algo');
      const thumb = () =>
        ana.client.put(`/api/posts/${String(id)}/feedback`, { value: round % 2 ? 1 : -1 });
      const [deleted, ...thumbs] = await Promise.all([
        ana.client.delete(`/api/conversations/${String(conversation)}/permanently`),
        ...Array.from({ length: 8 }, thumb),
      ]);
      expect(deleted?.status).toBe(204);
      thumbs.forEach(({ status }) => seen.add(status));
    }
    expect([...seen].filter((status) => ![204, 404].includes(status))).toEqual([]);
  });

  it('should sign out whoever was deleted behind this process, instead of failing', async () => {
    const { app, admin } = scene;
    const carla = await aPerson(app, admin, 'carla');
    await aConversation(app, carla);
    // As another process does it: this one still knows the session.
    await app.dataSource.query(`DELETE FROM conversation WHERE user_id = ${String(carla.user.id)}`);
    await app.dataSource.query(`DELETE FROM users WHERE id = ${String(carla.user.id)}`);
    const { token } = carla;
    const path = '/api/conversations';
    const answer = await send(app, { method: 'POST', path, token, body: '{"title":"minha"}' });
    expect(errorOf(answer).code).toBe('AUTH.SESSION_ENDED');
  });
});
