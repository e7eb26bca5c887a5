import { ConflictException, Injectable, NotFoundException } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { Doctor } from './doctor.entity'

@Injectable()
export class DoctorsService {
  constructor(private readonly dataSource: DataSource) {}

  list() {
    return this.dataSource.getRepository(Doctor).find({ order: { id: 'ASC' } })
  }

  leave(id: number) {
    return this.dataSource.transaction('REPEATABLE READ', async (manager) => {
      const onCall = await manager.countBy(Doctor, { onCall: true })
      if (onCall < 2) throw new ConflictException('at least one doctor must stay on call')
      const { affected } = await manager.update(Doctor, { id }, { onCall: false })
      if (affected === 0) throw new NotFoundException('no such doctor')
      return { id, onCall: false }
    })
  }
}
