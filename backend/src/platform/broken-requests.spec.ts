import { describe, expect, it } from '@jest/globals';
import { readableUrl } from './broken-requests.js';

describe(readableUrl.name, () => {
  it.each(['/', '/api/posts/1', '/api/posts/%20', '/c/%C3%A7', '/api/posts?q=100%', '/?%zz'])(
    'should leave %s as it is',
    (url) => {
      expect(readableUrl(url)).toBe(url);
    },
  );

  it.each([
    ['/chat/', '/chat'],
    ['/chat/?a=/', '/chat?a=/'],
    ['/chat//', '/chat//'],
    ['/chat/x/', '/chat/x/'],
    ['/api/posts/', '/api/posts/'],
    ['http://a.example/b?c', '/b?c'],
    ['HTTPS://a.example:1/chat/', '/chat'],
  ])('should look for %s at %s', (url, path) => {
    expect(readableUrl(url)).toBe(path);
  });

  it.each(['/%', '/%zz', '/api/posts/%ff', '/%c3%28?q=1', '*', '', 'http://a'])(
    'should find nothing at %s',
    (url) => {
      expect(readableUrl(url)).toBe('/api/-');
    },
  );
});
