import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm'

@Entity('doctors')
export class Doctor {
  @PrimaryGeneratedColumn()
  id: number

  @Column('text')
  name: string

  @Column('boolean', { name: 'on_call' })
  onCall: boolean
}
