import { create } from 'zustand';

export interface ToastRequest {
  readonly message: string;
  readonly action?: { readonly label: string; run(): void };
  readonly kind?: 'info' | 'problem';
}
export interface Toast extends ToastRequest {
  readonly id: number;
}

const MOST_SHOWN = 3;
let lastId = 0;

export const useToasts = create<{ readonly toasts: readonly Toast[] }>()(() => ({ toasts: [] }));

export const dismissToast = (id: number): void =>
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));

/** Says something without taking the focus. Problems stay until they are dismissed; the same one is said once. */
export const showToast = (request: ToastRequest): void => {
  lastId += 1;
  const toast = { ...request, id: lastId };
  const isSame = ({ kind, message }: Toast): boolean => kind === 'problem' && message === request.message;
  useToasts.setState(({ toasts }) => ({
    toasts: [...toasts.filter((each) => !isSame(each)), toast].slice(-MOST_SHOWN),
  }));
};
