/** True on Apple's keyboards, where ⌘ stands for Ctrl. */
export const isApple = (): boolean => /mac|iphone|ipad/i.test(navigator.userAgent);
