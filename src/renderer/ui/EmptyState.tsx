import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';
import { Icon, type IconName } from './Icon';

interface EmptyStateProps {
  readonly icon: IconName;
  readonly title: string;
  /** What to do next, with the buttons that do it. */
  readonly children?: ReactNode;
}

export const EmptyState = ({ icon, title, children }: EmptyStateProps) => (
  <div className={styles['empty']}>
    <Icon name={icon} />
    <p className={styles['title']}>{title}</p>
    {children}
  </div>
);
